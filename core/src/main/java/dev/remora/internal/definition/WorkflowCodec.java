package dev.remora.internal.definition;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.remora.error.LimitExceededException;
import dev.remora.internal.tree.Json;
import dev.remora.internal.tree.SurrogateEscapes;
import dev.remora.model.Limit;
import dev.remora.model.Workflow;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Reads and writes definitions. */
public final class WorkflowCodec {
    private static final SurrogateEscapes ESCAPES = new SurrogateEscapes();

    private WorkflowCodec() {}

    /** Reads what was handed in; see {@link dev.remora.model.WorkflowJson#parse}. */
    public static Workflow parse(String json) {
        return parse(json, true);
    }

    /** Reads what was written; see {@link dev.remora.model.WorkflowJson#parseStored(String)}. */
    public static Workflow parseStored(String json) {
        return parse(json, false);
    }

    private static Workflow parse(String json, boolean strict) {
        long most = Limit.DEFINITION_SIZE.defaultBound();
        if (json.length() > most) {
            throw new LimitExceededException(
                    Limit.DEFINITION_SIZE, most, "the definition has " + json.length() + " characters");
        }
        try (JsonParser parser = Json.FACTORY.createParser(json)) {
            return parse(parser, strict);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Reads what was handed in, while it arrives. What the reader throws passes.
     *
     * @param most how many characters it may have
     */
    public static Workflow parse(Reader json, long most) throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(new BoundedReader(json, most))) {
            return parse(parser, true);
        }
    }

    /** Reads what was written, piece by piece; see {@link dev.remora.model.WorkflowJson#parseStored(Reader)}. */
    public static Workflow parseStored(Reader json) throws IOException {
        Reader bounded = new BoundedReader(json, Limit.DEFINITION_SIZE.defaultBound());
        try (JsonParser parser = Json.FACTORY.createParser(bounded)) {
            return parse(parser, false);
        }
    }

    private static Workflow parse(JsonParser parser, boolean strict) throws IOException {
        try {
            return new DefinitionReader(parser, strict).read();
        } catch (JsonProcessingException noJson) {
            throw SyntaxError.of(noJson, parser.currentLocation());
        }
    }

    /** Writes a definition; see {@link dev.remora.model.WorkflowJson#write(Workflow)}. */
    public static String write(Workflow workflow) {
        StringWriter text = new StringWriter();
        try {
            write(workflow, text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** Writes a definition piece by piece; see {@link dev.remora.model.WorkflowJson#write(Workflow, Writer)}. */
    public static void write(Workflow workflow, Writer to) throws IOException {
        Writer bounded = new BoundedWriter(to, Limit.DEFINITION_SIZE.defaultBound());
        try (JsonGenerator out = Json.FACTORY.createGenerator(bounded)) {
            out.setCharacterEscapes(ESCAPES);
            new DefinitionWriter(out).write(workflow);
        }
    }
}
