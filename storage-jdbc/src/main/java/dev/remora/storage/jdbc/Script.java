package dev.remora.storage.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A script that ships with the library.
 *
 * @param name its path below the class path's root
 * @param version what it brings the schema to
 * @param checksum of its text
 * @param statements without comments, each with placeholders
 * @param tables the tables it creates, without the prefix, and their columns
 */
record Script(String name, int version, String checksum, List<String> statements, Map<String, List<String>> tables) {
    private static final Pattern VERSION = Pattern.compile("V(\\d+)__\\w+\\.sql$");
    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");
    private static final Pattern END = Pattern.compile(";\\s*(?:\\n|$)");
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE IF NOT EXISTS \\$\\{prefix}(\\w+)");
    private static final Pattern COLUMN = Pattern.compile("(?m)^    ([a-z]\\w*) ");

    static Script load(String name) {
        Matcher version = VERSION.matcher(name);
        if (!version.find()) {
            throw new IllegalArgumentException("a script must be named like V001__first.sql, not " + name);
        }
        String text = read(name).replace("\r\n", "\n");
        List<String> statements = Stream.of(END.split(COMMENT.matcher(text).replaceAll("")))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
        return new Script(name, Integer.parseInt(version.group(1)), sha256(text), statements, tables(statements));
    }

    private static Map<String, List<String>> tables(List<String> statements) {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String statement : statements) {
            Matcher table = TABLE.matcher(statement);
            if (table.find()) {
                tables.put(
                        table.group(1),
                        COLUMN.matcher(statement)
                                .results()
                                .map(column -> column.group(1))
                                .collect(Collectors.toUnmodifiableList()));
            }
        }
        return tables;
    }

    private static String read(String name) {
        try (InputStream in = Script.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
