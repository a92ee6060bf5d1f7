package dev.remora.internal.run;

import java.util.Arrays;

/** At most one deadline for each node, the earliest at hand. Setting, changing and clearing one costs O(log n). */
final class Deadlines {
    private final int nodes;
    private int[] heap = {};
    private long[] times = {};
    private int[] places = {};
    private int size;

    Deadlines(int nodes) {
        this.nodes = nodes;
    }

    void set(int node, long time) {
        if (places.length == 0) {
            // why: most runs have no deadline at all, and then pay nothing for them
            places = new int[nodes];
            Arrays.fill(places, -1);
        }
        int place = places[node];
        if (place < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, Math.max(4, size * 2));
                times = Arrays.copyOf(times, heap.length);
            }
            place = size++;
        }
        put(place, node, time);
        siftUp(place);
        siftDown(places[node]);
    }

    void clear(int node) {
        int place = has(node) ? places[node] : -1;
        if (place < 0) {
            return;
        }
        places[node] = -1;
        size--;
        if (place < size) {
            int last = heap[size];
            put(place, last, times[size]);
            siftUp(place);
            siftDown(places[last]);
        }
    }

    boolean has(int node) {
        return places.length > 0 && places[node] >= 0;
    }

    /** The earliest time; {@link Long#MAX_VALUE} if there is none. */
    long earliest() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** The node with the earliest time. There must be one. */
    int first() {
        return heap[0];
    }

    private void siftUp(int from) {
        int place = from;
        while (place > 0 && times[(place - 1) / 2] > times[place]) {
            swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
    }

    private void siftDown(int from) {
        int place = from;
        while (true) {
            int least = place;
            for (int child = 2 * place + 1; child <= 2 * place + 2 && child < size; child++) {
                if (times[child] < times[least]) {
                    least = child;
                }
            }
            if (least == place) {
                return;
            }
            swap(place, least);
            place = least;
        }
    }

    private void swap(int one, int other) {
        int node = heap[one];
        long time = times[one];
        put(one, heap[other], times[other]);
        put(other, node, time);
    }

    private void put(int place, int node, long time) {
        heap[place] = node;
        times[place] = time;
        places[node] = place;
    }
}
