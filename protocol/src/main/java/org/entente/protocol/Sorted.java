package org.entente.protocol;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Unmodifiable sets and maps whose order follows from their content alone.
///
/// `Set.of` and `Map.of` iterate in another order at every start of the JVM, which would change
/// signed bytes.
public final class Sorted {
    private Sorted() {}

    public static <T extends Comparable<? super T>> SortedSet<T> copyOf(Collection<T> items) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(items));
    }

    public static <K extends Comparable<? super K>, V> SortedMap<K, V> copyOf(Map<K, V> items) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(items));
    }

    public static <K extends Comparable<? super K>, V> SortedMap<K, V> empty() {
        return Collections.unmodifiableSortedMap(new TreeMap<>());
    }

    /// The map with one more entry, or with its value replaced.
    public static <K extends Comparable<? super K>, V> SortedMap<K, V> with(
            SortedMap<K, V> items, K key, V value) {
        TreeMap<K, V> next = new TreeMap<>(items);
        next.put(key, value);
        return Collections.unmodifiableSortedMap(next);
    }

    public static <K extends Comparable<? super K>, V> SortedMap<K, V> without(
            SortedMap<K, V> items, K key) {
        TreeMap<K, V> next = new TreeMap<>(items);
        next.remove(key);
        return Collections.unmodifiableSortedMap(next);
    }

    /// Rejects a list that is not strictly ascending: signed lists have one order and no
    /// repetition.
    public static <T extends Comparable<? super T>> void requireStrictlyAscending(
            List<T> items, String what) {
        for (int index = 1; index < items.size(); index++) {
            if (items.get(index - 1).compareTo(items.get(index)) >= 0) {
                throw new IllegalArgumentException(
                        what
                                + " must be sorted and without repetition: "
                                + items.get(index)
                                + " follows "
                                + items.get(index - 1));
            }
        }
    }
}
