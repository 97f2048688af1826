// One sentence a log record, in the language of the shop, to OTLP (with the current span) and to stdout.

const fs = require('node:fs');
const path = require('node:path');
const { logs, SeverityNumber } = require('@opentelemetry/api-logs');

const language = process.env.SHOP_LANGUAGE || 'en';
const sentences = JSON.parse(fs.readFileSync(path.join(__dirname, '..', 'messages', `${language}.json`), 'utf8'));
const logger = logs.getLogger(process.env.SERVICE);

function say(key, values) {
  return sentences[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

function write(level, key, values) {
  const body = say(key, values);
  logger.emit({ severityText: level, severityNumber: SeverityNumber[level], body });
  console.log(`${new Date().toISOString()} ${level} ${body}`);
}

module.exports = {
  info: (key, values) => write('INFO', key, values),
  warn: (key, values) => write('WARN', key, values),
  error: (key, values) => write('ERROR', key, values),
};
