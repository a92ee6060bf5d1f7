package dev.remora.examples.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that may send anything, at any pace. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int RECEIVE_BUFFER = 4096;

    private final Socket socket = new Socket();

    RawClient(int port) throws IOException {
        // why: what the kernel takes in for a client that does not read must not hide that it does not
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    RawClient send(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    /** Reads up to the end of the head; what comes before the end of the connection if it has none. */
    String head() throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (!text.toString().endsWith("\r\n\r\n")) {
            int value;
            try {
                value = in.read();
            } catch (SocketException cut) {
                return text.toString();
            }
            if (value < 0) {
                return text.toString();
            }
            text.append((char) value);
        }
        return text.toString();
    }

    /** Reads to the end of the connection. */
    String all() throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] block = new byte[8192];
        try {
            InputStream in = socket.getInputStream();
            for (int got = in.read(block); got >= 0; got = in.read(block)) {
                text.append(new String(block, 0, got, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException cut) {
            return text.toString();
        }
        return text.toString();
    }

    static String answer(int port, String request) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.send(request).head();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
