package dev.spillway.rehearsal.net;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * A request as it is sent.
 *
 * @param target path and query
 * @param headers all of them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record HttpRequest(String method, String target, HttpFields headers, byte[] body) {

  byte[] toBytes() {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    for (HttpField field : headers) {
      head.append(field.getName()).append(": ").append(field.getValue()).append("\r\n");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }
}
