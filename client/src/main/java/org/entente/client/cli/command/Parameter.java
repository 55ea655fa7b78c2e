package org.entente.client.cli.command;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Something that a command takes, and how its text becomes a value.
///
/// @param name `--directory` of an option or a flag, `ORG` of an argument
/// @param label what stands for the value in the help; empty for a flag
/// @param words what it is, for the help
/// @param read refuses with [IllegalArgumentException]
/// @param <T> what it becomes
public record Parameter<T>(
        Form form,
        String name,
        String label,
        String words,
        Function<String, T> read,
        boolean isRequired) {

    /// How it is written on the command line.
    public enum Form {
        /// `--name VALUE`
        OPTION,
        /// `--name`
        FLAG,
        /// `VALUE`, told by its place
        ARGUMENT,
        /// `VALUE…`, all that are left
        ARGUMENTS
    }

    public static <T> Parameter<T> required(
            String name, String label, String words, Function<String, T> read) {
        return new Parameter<>(Form.OPTION, name, label, words, read, true);
    }

    public static <T> Parameter<T> optional(
            String name, String label, String words, Function<String, T> read) {
        return new Parameter<>(Form.OPTION, name, label, words, read, false);
    }

    public static Parameter<String> flag(String name, String words) {
        return new Parameter<>(Form.FLAG, name, "", words, Function.identity(), false);
    }

    public static <T> Parameter<T> argument(String name, String words, Function<String, T> read) {
        return new Parameter<>(Form.ARGUMENT, name, name, words, read, true);
    }

    public static <T> Parameter<T> optionalArgument(
            String name, String words, Function<String, T> read) {
        return new Parameter<>(Form.ARGUMENT, name, name, words, read, false);
    }

    public static <T> Parameter<T> arguments(String name, String words, Function<String, T> read) {
        return new Parameter<>(Form.ARGUMENTS, name, name, words, read, true);
    }

    /// The same, but not demanded: what else is given decides.
    public Parameter<T> whenNeeded() {
        return new Parameter<>(form, name, label, words, read, false);
    }

    /// Reads values separated by commas.
    public static <T> Function<String, List<T>> separated(Function<String, T> each) {
        return text -> Stream.of(text.split(",", -1)).map(String::strip).map(each).toList();
    }
}
