package dev.remora.examples.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Makes a multipart body. */
final class MultipartBody {
    private static final String BOUNDARY = "-----------------------------9051914041544843365972754266";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    MultipartBody text(String name, String value) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
    }

    MultipartBody file(String name, byte[] content) {
        return part(
                "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"../../evil.zip\"\r\n"
                        + "Content-Type: application/zip",
                content);
    }

    MultipartBody part(String head, byte[] content) {
        bytes.writeBytes(("--" + BOUNDARY + "\r\n" + head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(content);
        bytes.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(bytes.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return whole.toByteArray();
    }
}
