package dev.remora.examples.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A multipart form: texts on the heap, each bounded, and at most one file in a temporary directory. */
final class MultipartForm implements AutoCloseable {
    private static final int BLOCK = 16 << 10;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private Optional<Path> file = Optional.empty();

    private MultipartForm() {}

    /**
     * Reads a form.
     *
     * @param contentType the header of the request
     * @param body read to the end of the form
     * @param fileField the field whose part is written to a file; all others are texts
     * @param textField the field that may be as large as a definition
     * @param limits the sizes allowed
     * @param directory where the file is put
     * @return the form, to be closed, which removes the file
     */
    static MultipartForm read(
            String contentType, InputStream body, String fileField, String textField, HttpLimits limits, Path directory)
            throws IOException {
        MultipartForm form = new MultipartForm();
        boolean whole = false;
        try {
            form.readParts(new MultipartReader(body, boundary(contentType)), fileField, textField, limits, directory);
            whole = true;
        } finally {
            if (!whole) {
                form.close();
            }
        }
        return form;
    }

    Map<String, String> texts() {
        return texts;
    }

    Optional<Path> file() {
        return file;
    }

    private void readParts(
            MultipartReader reader, String fileField, String textField, HttpLimits limits, Path directory)
            throws IOException {
        for (Optional<String> part = reader.next(); part.isPresent(); part = reader.next()) {
            String name = part.get();
            if (!name.equals(fileField)) {
                int most = name.equals(textField) ? limits.definitionSize() : limits.formSize();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                copy(reader, bytes, name, most);
                FormText.put(texts, name, Percent.utf8(bytes.toByteArray(), "part " + name));
            } else if (file.isPresent()) {
                throw HttpProblem.parameter(name, "is given twice");
            } else {
                file = Optional.of(Files.createTempFile(directory, "upload-", ".zip"));
                long size;
                try (OutputStream out = Files.newOutputStream(file.get())) {
                    size = copy(reader, out, name, limits.uploadSize());
                }
                if (size == 0) {
                    // why: a browser sends an empty part for a file that nobody chose
                    close();
                }
            }
        }
    }

    private static long copy(MultipartReader reader, OutputStream out, String name, long most) throws IOException {
        byte[] block = new byte[BLOCK];
        long size = 0;
        for (int got = reader.read(block, 0, BLOCK); got >= 0; got = reader.read(block, 0, BLOCK)) {
            size += got;
            if (size > most) {
                throw HttpProblem.tooLarge("part " + name, most);
            }
            out.write(block, 0, got);
        }
        return size;
    }

    private static String boundary(String contentType) {
        HeaderValue type = HeaderValue.parse(contentType);
        String boundary = type.parameters().getOrDefault("boundary", "");
        if (!type.value().equals("multipart/form-data")) {
            throw new HttpProblem(
                    415, "WRONG_CONTENT_TYPE", "this request needs Content-Type: multipart/form-data; boundary=…");
        }
        if (!boundary.matches("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")) {
            throw HttpProblem.malformed("the boundary of the multipart body must be 1 to 70 plain characters");
        }
        return boundary;
    }

    /** Removes the file. */
    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
            file = Optional.empty();
        }
    }
}
