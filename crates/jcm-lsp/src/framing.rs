//! The stream from the editor, without what is no message: the transport would end at the first of those.

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};

/// The longest message that is read, in bytes; what says that it is longer is passed over.
const LONGEST: u64 = 256 * 1024 * 1024;

/// Copies messages until the stream ends or nobody reads them any more.
pub(crate) async fn copy_messages(input: impl AsyncRead + Unpin, mut output: impl AsyncWrite + Unpin) {
    let mut input = BufReader::new(input);
    while let Some(length) = header(&mut input).await {
        let mut body = Vec::new();
        match input.read_to_end_of(length, &mut body).await {
            Some(()) if is_message(&body) => {}
            Some(()) => continue,
            None => return,
        }
        let head = format!("Content-Length: {}\r\n\r\n", body.len());
        let written = async {
            output.write_all(head.as_bytes()).await?;
            output.write_all(&body).await?;
            output.flush().await
        };
        if written.await.is_err() {
            return;
        }
    }
}

/// The length that the next header states; `None` at the end of the stream. Lines that say nothing of it are passed over.
async fn header(input: &mut (impl AsyncBufReadExt + Unpin)) -> Option<u64> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&line).trim().to_ascii_lowercase();
        if let Some(stated) = line.strip_prefix("content-length:") {
            length = stated.trim().parse().ok().filter(|length| *length <= LONGEST);
        }
        if let (true, Some(length)) = (line.is_empty(), length) {
            return Some(length);
        }
    }
}

trait ReadToEndOf {
    /// Reads so many bytes; `None` if there are fewer.
    async fn read_to_end_of(&mut self, length: u64, body: &mut Vec<u8>) -> Option<()>;
}

impl<R: AsyncRead + Unpin> ReadToEndOf for R {
    async fn read_to_end_of(&mut self, length: u64, body: &mut Vec<u8>) -> Option<()> {
        let read = self.take(length).read_to_end(body).await.ok()?;
        (u64::try_from(read).ok()? == length).then_some(())
    }
}

/// Whether bytes are a request, a notification or an answer.
fn is_message(body: &[u8]) -> bool {
    let Ok(Value::Object(message)) = serde_json::from_slice(body) else { return false };
    let id = match message.get("id") {
        None | Some(Value::Null | Value::String(_)) => true,
        Some(id) => id.is_i64(),
    };
    let version = message.get("jsonrpc").and_then(Value::as_str) == Some("2.0");
    let is_call = message.get("method").is_some_and(Value::is_string)
        && message
            .get("params")
            .is_none_or(|params| params.is_object() || params.is_array() || params.is_null());
    let is_error = |error: &Value| {
        error.get("code").is_some_and(Value::is_i64) && error.get("message").is_some_and(Value::is_string)
    };
    let is_answer = message.get("id").is_some()
        && (message.contains_key("result") || message.get("error").is_some_and(is_error));
    id && version && (is_call || is_answer)
}
