package dev.remora.internal.tree;

/** The keys of objects, in their order. */
final class Keys {
    /** Up to here comparing one by one is as fast as anything. */
    private static final int FEW = 8;

    private static final int[] NO_TABLE = {};

    private final String[] names;
    /** Places in {@link #names} plus 1, found by hash; what is taken is passed over. */
    private final int[] table;

    Keys(String[] names) {
        this.names = names;
        table = names.length <= FEW ? NO_TABLE : new int[Integer.highestOneBit(names.length) * 4];
        for (int i = 0; table.length > 0 && i < names.length; i++) {
            table[free(names[i])] = i + 1;
        }
    }

    int size() {
        return names.length;
    }

    String get(int index) {
        return names[index];
    }

    /** Finds a key; negative if it is not there. */
    int indexOf(Object key) {
        if (table.length > 0) {
            for (int place = place(key); table[place] > 0; place = (place + 1) % table.length) {
                if (names[table[place] - 1].equals(key)) {
                    return table[place] - 1;
                }
            }
            return -1;
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private int free(String key) {
        int place = place(key);
        while (table[place] > 0) {
            place = (place + 1) % table.length;
        }
        return place;
    }

    private int place(Object key) {
        int hash = key == null ? 0 : key.hashCode();
        return (hash ^ hash >>> 16) & table.length - 1;
    }
}
