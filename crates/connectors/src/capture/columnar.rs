//! Parquet, as any tool writes it: plain or dictionary strings, integers, floats, timestamps of any unit, structs.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use ::parquet::file::reader::ChunkReader;
use arrow::array::{
    Array, ArrayRef, AsArray, Float64Array, Int64Array, MapArray, RecordBatch, StringViewArray,
    StringViewBuilder, StructArray,
};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use arrow::util::display::array_value_to_string;
use serde_json::{Map, Value};

use super::batch::{Batch, Batches, Column, Keep};
use super::bundle::Content;
use super::error::Error;
use super::limits;

const BATCH_ROWS: usize = 8192;

pub fn open(file: &str, content: Content, keep: Keep, from: u64) -> Result<Batches, Error> {
    let opened = guarded(file, || match content {
        Content::File(input) => open_reader::<File>(file, input, keep, from),
        Content::Memory(bytes) => open_reader(file, bytes::Bytes::from(bytes), keep, from),
    });
    let reader = opened??;
    Ok(Box::new(RowGroups { file: file.to_owned(), reader: Some(reader), next_row: from }))
}

/// The Parquet reader asserts on some damaged files where it should return an error; for us both are a damaged file.
fn guarded<T>(file: &str, read: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(read))
        .map_err(|_| Error::damaged(file, "the Parquet structure contradicts itself"))
}

fn open_reader<R: ChunkReader + 'static>(
    file: &str,
    input: R,
    keep: Keep,
    from: u64,
) -> Result<ParquetRecordBatchReader, Error> {
    let damaged = |error| Error::damaged(file, error);
    let plain = ArrowReaderMetadata::load(&input, ArrowReaderOptions::new()).map_err(damaged)?;
    let row_count = u64::try_from(plain.metadata().file_metadata().num_rows()).unwrap_or(u64::MAX);
    if row_count > limits::ROWS {
        return Err(Error::TooBig { file: file.to_owned(), what: "rows", limit: limits::ROWS });
    }
    if plain.schema().fields().len() > limits::COLUMNS {
        let limit = limits::COLUMNS as u64;
        return Err(Error::TooBig { file: file.to_owned(), what: "columns", limit });
    }
    let options = ArrowReaderOptions::new().with_schema(Arc::new(with_views(plain.schema())));
    let metadata = ArrowReaderMetadata::try_new(Arc::clone(plain.metadata()), options).unwrap_or(plain);
    let fields = metadata.schema().fields().iter().enumerate();
    let wanted = fields.filter(|(_, field)| keep.wants(field.name())).map(|(position, _)| position);
    let mask = ProjectionMask::roots(metadata.parquet_schema(), wanted);
    ParquetRecordBatchReaderBuilder::new_with_metadata(input, metadata)
        .with_projection(mask)
        .with_batch_size(BATCH_ROWS)
        .with_offset(usize::try_from(from).unwrap_or(usize::MAX))
        .build()
        .map_err(damaged)
}

/// Asks for string views wherever a column holds strings: they point into the decoded pages, so that a dictionary
/// of one huge value repeated in every row costs nothing.
fn with_views(schema: &Schema) -> Schema {
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| {
            let field = field.as_ref().clone();
            if is_text(field.data_type()) { field.with_data_type(DataType::Utf8View) } else { field }
        })
        .collect();
    Schema::new(fields)
}

fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

struct RowGroups {
    file: String,
    reader: Option<ParquetRecordBatchReader>,
    next_row: u64,
}

impl RowGroups {
    fn batch(&mut self, reader: &mut ParquetRecordBatchReader) -> Result<Option<Batch>, Error> {
        let next = guarded(&self.file, || reader.next())?;
        let Some(records) = next else { return Ok(None) };
        let records = records.map_err(|error| Error::damaged(&self.file, error))?;
        let columns = guarded(&self.file, || columns(&self.file, &records))??;
        let batch = Batch { first_row: self.next_row, row_count: records.num_rows(), columns };
        self.next_row += records.num_rows() as u64;
        if self.next_row > limits::ROWS {
            return Err(Error::TooBig { file: self.file.clone(), what: "rows", limit: limits::ROWS });
        }
        Ok(Some(batch))
    }
}

impl Iterator for RowGroups {
    type Item = Result<Batch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut reader = self.reader.take()?;
        let batch = self.batch(&mut reader).transpose();
        if matches!(&batch, Some(Ok(_))) {
            self.reader = Some(reader);
        }
        batch
    }
}

fn columns(file: &str, records: &RecordBatch) -> Result<Vec<(String, Column)>, Error> {
    let schema = records.schema();
    let mut columns = Vec::with_capacity(records.num_columns());
    for (field, array) in schema.fields().iter().zip(records.columns()) {
        let column = column(array).map_err(|error| {
            Error::damaged(file, format!("column {:?} of type {}: {error}", field.name(), field.data_type()))
        })?;
        columns.push((field.name().clone(), column));
    }
    Ok(columns)
}

fn column(array: &ArrayRef) -> Result<Column, arrow::error::ArrowError> {
    let column = match array.data_type() {
        DataType::Null => Column::Absent,
        DataType::Utf8View => Column::Text(array.as_string_view().clone()),
        DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView => Column::Text(views(array)?),
        DataType::Dictionary(_, values) if is_text(values) => Column::Text(views(array)?),
        DataType::Dictionary(_, values) => column(&cast(array, values)?)?,
        data_type if data_type.is_integer() => Column::Int(integers(&cast(array, &DataType::Int64)?)),
        data_type if data_type.is_numeric() => {
            let floats: &Float64Array = &cast(array, &DataType::Float64)?.as_primitive().clone();
            Column::Float(floats.clone())
        }
        DataType::Timestamp(unit, _) => {
            let unit = *unit;
            Column::Micros(micros(&integers(&cast(array, &DataType::Int64)?), unit))
        }
        DataType::Date32 | DataType::Date64 => {
            let stamps = cast(array, &DataType::Timestamp(TimeUnit::Microsecond, None))?;
            Column::Micros(integers(&cast(&stamps, &DataType::Int64)?))
        }
        DataType::Struct(_) | DataType::Map(_, _) | DataType::List(_) | DataType::LargeList(_) => {
            Column::Text(as_json(array)?)
        }
        _ => Column::Text(views(&cast(array, &DataType::Utf8)?)?),
    };
    Ok(column)
}

fn views(array: &ArrayRef) -> Result<StringViewArray, arrow::error::ArrowError> {
    Ok(cast(array, &DataType::Utf8View)?.as_string_view().clone())
}

fn integers(array: &ArrayRef) -> Int64Array {
    array.as_primitive().clone()
}

/// Saturates: a time beyond the range is refused row by row later.
fn micros(stamps: &Int64Array, unit: TimeUnit) -> Int64Array {
    stamps.unary(|stamp: i64| match unit {
        TimeUnit::Second => stamp.saturating_mul(1_000_000),
        TimeUnit::Millisecond => stamp.saturating_mul(1_000),
        TimeUnit::Microsecond => stamp,
        TimeUnit::Nanosecond => stamp.div_euclid(1_000),
    })
}

fn as_json(array: &ArrayRef) -> Result<StringViewArray, arrow::error::ArrowError> {
    let mut texts = StringViewBuilder::with_capacity(array.len());
    for row in 0..array.len() {
        match json(array, row)? {
            Value::Null => texts.append_null(),
            value => texts.append_value(value.to_string()),
        }
    }
    Ok(texts.finish())
}

fn json(array: &dyn Array, row: usize) -> Result<Value, arrow::error::ArrowError> {
    if array.is_null(row) {
        return Ok(Value::Null);
    }
    let value = match array.data_type() {
        DataType::Struct(_) => {
            let fields: &StructArray = array.as_struct();
            let mut object = Map::new();
            for (name, values) in fields.column_names().into_iter().zip(fields.columns()) {
                let value = json(values, row)?;
                if !value.is_null() {
                    object.insert(name.to_owned(), value);
                }
            }
            Value::Object(object)
        }
        DataType::Map(_, _) => {
            let map: &MapArray = array.as_map();
            let entries = map.value(row);
            let mut object = Map::new();
            for entry in 0..entries.len() {
                let name = array_value_to_string(entries.column(0), entry)?;
                object.insert(name, json(entries.column(1), entry)?);
            }
            Value::Object(object)
        }
        DataType::List(_) => elements(&array.as_list::<i32>().value(row))?,
        DataType::LargeList(_) => elements(&array.as_list::<i64>().value(row))?,
        _ => Value::String(array_value_to_string(array, row)?),
    };
    Ok(value)
}

fn elements(values: &dyn Array) -> Result<Value, arrow::error::ArrowError> {
    let elements: Result<Vec<Value>, _> = (0..values.len()).map(|element| json(values, element)).collect();
    Ok(Value::Array(elements?))
}
