package dev.remora.internal.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** The members of an object that nobody can change. Objects with the same keys share these. */
final class Members extends AbstractMap<String, JsonNode> {
    private final Keys keys;
    private final JsonNode[] values;

    Members(Keys keys, JsonNode[] values) {
        this.keys = keys;
        this.values = values;
    }

    Keys keys() {
        return keys;
    }

    JsonNode value(int index) {
        return values[index];
    }

    /** Returns members with the same keys. */
    Members with(JsonNode[] others) {
        return new Members(keys, others);
    }

    JsonNode[] copyOfValues() {
        return values.clone();
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public boolean containsKey(Object key) {
        return keys.indexOf(key) >= 0;
    }

    @Override
    public JsonNode get(Object key) {
        int index = keys.indexOf(key);
        return index < 0 ? null : values[index];
    }

    @Override
    public JsonNode remove(Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<Map.Entry<String, JsonNode>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return values.length;
            }

            @Override
            public Iterator<Map.Entry<String, JsonNode>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, JsonNode>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Map.Entry<String, JsonNode> next() {
            if (next == values.length) {
                throw new NoSuchElementException();
            }
            return Map.entry(keys.get(next), values[next++]);
        }
    }
}
