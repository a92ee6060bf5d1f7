package dev.remora.internal.dag;

import java.util.Arrays;

/** A queue of numbers, first in, first out, that grows as needed. */
public final class IntQueue {
    private int[] items = new int[8];
    private int head;
    private int size;

    public void add(int item) {
        if (size == items.length) {
            grow();
        }
        items[(head + size) & (items.length - 1)] = item;
        size++;
    }

    /** Removes the oldest number. The queue must not be empty. */
    public int remove() {
        int item = items[head];
        head = (head + 1) & (items.length - 1);
        size--;
        return item;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    private void grow() {
        int[] larger = Arrays.copyOf(items, items.length * 2);
        // why: what had wrapped round to the front goes behind the rest, so that the order stays
        System.arraycopy(items, 0, larger, items.length, head);
        items = larger;
    }
}
