package org.entente.chain.contract.sandbox;

import org.entente.chain.contract.api.Utf8;
import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// What a contract calls in place of methods of the JDK whose cost grows with what they are given:
/// it is counted first, then they are called. Each is named as the method that it stands for, with
/// its object as the first parameter. Public for the rewritten classes alone.
public final class Library {
    private static final int OBJECT_SIZE_BYTES = 32;
    private static final int NUMBER_BITS_MAX = 1 << 16;

    private Library() {}

    /// Before an array is made.
    public static void array(int length, int elementSize) {
        Meter.current().allocateAll(16L + Math.max(0L, length) * elementSize);
    }

    private static void seen(long size) {
        Meter.current().spendAll(size / 8);
    }

    private static void made(long size) {
        Meter.current().allocateAll(OBJECT_SIZE_BYTES + size);
    }

    private static long words(BigInteger number) {
        return number.bitLength() / 32 + 1L;
    }

    // Text

    public static boolean equals(String text, Object other) {
        seen(text.length());
        return text.equals(other);
    }

    public static int hashCode(String text) {
        seen(text.length());
        return text.hashCode();
    }

    public static int compareTo(String text, String other) {
        seen(text.length());
        return text.compareTo(other);
    }

    public static boolean startsWith(String text, String prefix) {
        seen(text.length());
        return text.startsWith(prefix);
    }

    public static boolean endsWith(String text, String suffix) {
        seen(text.length());
        return text.endsWith(suffix);
    }

    public static int indexOf(String text, int character) {
        seen(text.length() * 8L);
        return text.indexOf(character);
    }

    public static int indexOf(String text, int character, int from) {
        seen(text.length() * 8L);
        return text.indexOf(character, from);
    }

    public static int lastIndexOf(String text, int character) {
        seen(text.length() * 8L);
        return text.lastIndexOf(character);
    }

    public static String substring(String text, int from) {
        made(text.length() * 2L);
        return text.substring(from);
    }

    public static String substring(String text, int from, int to) {
        made(text.length() * 2L);
        return text.substring(from, to);
    }

    public static String concat(String text, String next) {
        made((text.length() + (long) next.length()) * 2);
        return text.concat(next);
    }

    public static String repeat(String text, int count) {
        made((long) text.length() * Math.max(0, count) * 2);
        return text.repeat(count);
    }

    public static String strip(String text) {
        made(text.length() * 2L);
        return text.strip();
    }

    public static String valueOf(int number) {
        made(24);
        return String.valueOf(number);
    }

    public static String valueOf(long number) {
        made(40);
        return String.valueOf(number);
    }

    public static String toString(int number) {
        return valueOf(number);
    }

    public static String toString(long number) {
        return valueOf(number);
    }

    public static int parseInt(String text) {
        seen(text.length() * 8L);
        return Integer.parseInt(text);
    }

    public static long parseLong(String text) {
        seen(text.length() * 8L);
        return Long.parseLong(text);
    }

    public static byte[] bytes(String text) {
        made(text.length() * 3L);
        return Utf8.bytes(text);
    }

    public static String text(byte[] bytes) {
        made(bytes.length * 2L);
        return Utf8.text(bytes);
    }

    public static StringBuilder append(StringBuilder builder, @Nullable String text) {
        made((text == null ? 4 : text.length()) * 6L);
        return builder.append(text);
    }

    public static StringBuilder append(StringBuilder builder, char character) {
        made(6);
        return builder.append(character);
    }

    public static StringBuilder append(StringBuilder builder, int number) {
        made(66);
        return builder.append(number);
    }

    public static StringBuilder append(StringBuilder builder, long number) {
        made(120);
        return builder.append(number);
    }

    public static StringBuilder append(StringBuilder builder, boolean value) {
        made(30);
        return builder.append(value);
    }

    public static StringBuilder reverse(StringBuilder builder) {
        seen(builder.length() * 8L);
        return builder.reverse();
    }

    public static String toString(StringBuilder builder) {
        made(builder.length() * 2L);
        return builder.toString();
    }

    // Arrays

    public static void arraycopy(Object from, int fromIndex, Object to, int toIndex, int count) {
        seen(Math.max(0, count));
        System.arraycopy(from, fromIndex, to, toIndex, count);
    }

    public static byte[] copyOf(byte[] bytes, int length) {
        made(Math.max(0, length));
        return Arrays.copyOf(bytes, length);
    }

    public static byte[] copyOfRange(byte[] bytes, int from, int to) {
        made(Math.max(0, (long) to - from));
        return Arrays.copyOfRange(bytes, from, to);
    }

    public static boolean equals(byte[] one, byte[] other) {
        seen(one == null ? 0 : one.length);
        return Arrays.equals(one, other);
    }

    public static int compareUnsigned(byte[] one, byte[] other) {
        seen(one == null ? 0 : one.length);
        return Arrays.compareUnsigned(one, other);
    }

    // Whole numbers of any size, up to a limit

    private static BigInteger limited(BigInteger number) {
        tooLong(number.bitLength());
        return number;
    }

    private static void product(BigInteger one, BigInteger other) {
        made((words(one) + words(other)) * 4);
        Meter.current().spendAll(words(one) * words(other));
    }

    public static BigInteger numberOf(long number) {
        made(8);
        return BigInteger.valueOf(number);
    }

    public static BigInteger add(BigInteger one, BigInteger other) {
        made((words(one) + words(other)) * 4);
        return limited(one.add(other));
    }

    public static BigInteger subtract(BigInteger one, BigInteger other) {
        made((words(one) + words(other)) * 4);
        return limited(one.subtract(other));
    }

    public static BigInteger multiply(BigInteger one, BigInteger other) {
        product(one, other);
        return limited(one.multiply(other));
    }

    public static BigInteger divide(BigInteger one, BigInteger other) {
        product(one, other);
        return one.divide(other);
    }

    public static BigInteger mod(BigInteger one, BigInteger other) {
        product(one, other);
        return one.mod(other);
    }

    public static BigInteger negate(BigInteger number) {
        made(words(number) * 4);
        return number.negate();
    }

    public static BigInteger abs(BigInteger number) {
        made(words(number) * 4);
        return number.abs();
    }

    public static int compareTo(BigInteger one, BigInteger other) {
        seen(words(one));
        return one.compareTo(other);
    }

    public static boolean equals(BigInteger one, Object other) {
        seen(words(one));
        return one.equals(other);
    }

    public static byte[] toByteArray(BigInteger number) {
        made(words(number) * 4);
        return number.toByteArray();
    }

    public static String toString(BigInteger number) {
        product(number, number);
        return number.toString();
    }

    /// Before a number is made of these.
    public static void weigh(byte[] bytes) {
        made(bytes.length);
        tooLong(bytes.length * 8L);
    }

    /// Before a number is read from these digits.
    public static void weigh(String digits) {
        long words = digits.length() / 9L + 1;
        made(words * 4);
        Meter.current().spendAll(words * words);
        tooLong(digits.length() * 3L);
    }

    private static void tooLong(long bits) {
        if (bits > NUMBER_BITS_MAX) {
            throw new ArithmeticException("a number of more than " + NUMBER_BITS_MAX + " bits");
        }
    }

    // Collections

    /// What finding a key among so many takes: each comparison is of one text or number at most as
    /// long as the key; comparisons by a contract's own code count by themselves.
    private static void sought(Object key, int count) {
        long size =
                switch (key) {
                    case String text -> text.length() / 8;
                    case BigInteger number -> words(number) / 2;
                    case null, default -> 1;
                };
        Meter.current().spendAll((size + 4) * (34 - Integer.numberOfLeadingZeros(count)));
    }

    public static @Nullable Object get(Map<Object, Object> map, Object key) {
        sought(key, map.size());
        return map.get(key);
    }

    public static boolean containsKey(Map<Object, Object> map, Object key) {
        sought(key, map.size());
        return map.containsKey(key);
    }

    public static @Nullable Object put(Map<Object, Object> map, Object key, Object value) {
        sought(key, map.size());
        made(OBJECT_SIZE_BYTES);
        return map.put(key, value);
    }

    public static @Nullable Object remove(Map<Object, Object> map, Object key) {
        sought(key, map.size());
        return map.remove(key);
    }

    public static boolean add(List<Object> list, Object item) {
        made(8);
        return list.add(item);
    }

    public static void add(List<Object> list, int index, Object item) {
        made(8);
        seen(list.size() * 4L);
        list.add(index, item);
    }

    public static Object remove(List<Object> list, int index) {
        seen(list.size() * 4L);
        return list.remove(index);
    }

    public static void addFirst(Deque<Object> queue, Object item) {
        made(8);
        queue.addFirst(item);
    }

    public static void addLast(Deque<Object> queue, Object item) {
        made(8);
        queue.addLast(item);
    }
}
