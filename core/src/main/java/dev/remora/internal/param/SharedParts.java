package dev.remora.internal.param;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes equal parts of many texts one, so that what is looked at again and again stays near the processor, and takes little
 * room.
 */
final class SharedParts {
    private static final int MOST = 10_000;

    private final Map<String, Part.Text> texts = new HashMap<>();
    private final Map<String, Part.Reference> references = new HashMap<>();
    private final Map<String, Part.Time> times = new HashMap<>();

    Template sharedIn(Template template) {
        List<Part> parts = template.parts().stream().map(this::shared).toList();
        return new Template(template.source(), parts);
    }

    private Part shared(Part part) {
        if (part instanceof Part.Text text) {
            return shared(texts, text.text(), text);
        } else if (part instanceof Part.Reference reference) {
            return shared(references, reference.name(), reference);
        } else if (part instanceof Part.Time time) {
            return shared(times, time.source(), time);
        }
        return part;
    }

    private static <P> P shared(Map<String, P> parts, String key, P part) {
        P known = parts.size() < MOST ? parts.putIfAbsent(key, part) : parts.get(key);
        return known == null ? part : known;
    }
}
