// OpenTelemetry for a Node service: spans and logs over OTLP/HTTP, W3C context on every call.
// Required before anything else, so that http, pg and ioredis are instrumented when they load.

const { logs } = require('@opentelemetry/api-logs');
const { OTLPLogExporter } = require('@opentelemetry/exporter-logs-otlp-http');
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { IORedisInstrumentation } = require('@opentelemetry/instrumentation-ioredis');
const { PgInstrumentation } = require('@opentelemetry/instrumentation-pg');
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const { BatchLogRecordProcessor, LoggerProvider } = require('@opentelemetry/sdk-logs');
const { BatchSpanProcessor, NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');

const UNTRACED = new Set(['/metrics', '/healthz']);
const collector = process.env.OTLP_ENDPOINT;
const resource = resourceFromAttributes({
  'service.name': process.env.SERVICE,
  'service.version': process.env.SERVICE_VERSION,
  'service.instance.id': `${process.env.SERVICE}-${process.pid}`,
});

const spans = new NodeTracerProvider({
  resource,
  spanProcessors: [
    new BatchSpanProcessor(new OTLPTraceExporter({ url: `${collector}/v1/traces` }), { scheduledDelayMillis: 1000 }),
  ],
});
spans.register();

logs.setGlobalLoggerProvider(
  new LoggerProvider({
    resource,
    processors: [
      new BatchLogRecordProcessor({
        exporter: new OTLPLogExporter({ url: `${collector}/v1/logs` }),
        scheduledDelayMillis: 1000,
      }),
    ],
  }),
);

registerInstrumentations({
  instrumentations: [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: (request) => UNTRACED.has(request.url),
      ignoreOutgoingRequestHook: (request) => String(request.path).startsWith('/v1/'),
    }),
    new UndiciInstrumentation(),
    new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
    new IORedisInstrumentation({ requireParentSpan: true }),
  ],
});
