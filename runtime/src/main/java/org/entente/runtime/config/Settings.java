package org.entente.runtime.config;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// A configuration file while it is read: first each key is named with what it must be, then
/// `finish` gives the value or all mistakes together.
///
/// ```
/// Setting<Address> listen = settings.address("listen");
/// Setting<Duration> wait = settings.duration("queueTimeMax", ofMillis(1), ofMinutes(1)).orElse(ofSeconds(5));
/// return settings.finish(() -> new RelayConfiguration(listen.value(), wait.value()));
/// ```
///
/// A file has lines `key = value`; `#` begins a line of comment. Secrets are paths to files, never
/// values.
public final class Settings {
    private static final int TEXT_SIZE_MAX = 4_096;

    private final String file;
    private final Path directory;
    private final SortedMap<String, Line> lines = new TreeMap<>();
    private final SortedMap<String, Runnable> readings = new TreeMap<>();
    private final List<ConfigurationProblems.Problem> problems = new ArrayList<>();

    private Settings(String file, Path directory) {
        this.file = file;
        this.directory = directory;
    }

    record Line(int number, String value) {}

    /// @param directory what relative paths are relative to
    public static Settings parse(String text, String file, Path directory) {
        Settings settings = new Settings(file, directory);
        int number = 0;
        for (String line : text.split("\n", -1)) {
            settings.add(++number, line.strip());
        }
        return settings;
    }

    public Setting<String> text(String key) {
        return parsed(
                key,
                value ->
                        value.length() <= TEXT_SIZE_MAX
                                ? Parsed.of(value)
                                : refused("longer than " + TEXT_SIZE_MAX + " characters"));
    }

    /// `10s`, `500ms`, `5m`, `1h`, `7d`.
    public Setting<Duration> duration(String key, Duration min, Duration max) {
        return parsed(key, within(Quantity::duration, min, max, Quantity::text));
    }

    /// In bytes: `512`, `16KiB`, `1MiB`, `2GiB`.
    public Setting<Long> size(String key, long min, long max) {
        return parsed(key, within(Quantity::size, min, max, bytes -> bytes + " bytes"));
    }

    public Setting<Integer> whole(String key, int min, int max) {
        return parsed(key, within(Quantity::whole, min, max, String::valueOf));
    }

    /// `host:port`.
    public Setting<Address> address(String key) {
        return parsed(key, Address::parse);
    }

    /// `https://host:port`.
    public Setting<URI> https(String key) {
        return parsed(key, Settings::httpsAddress);
    }

    /// That the file is for this process: `process = relay`.
    public Setting<String> process(String name) {
        return parsed(
                "process",
                value ->
                        value.equals(name)
                                ? Parsed.of(value)
                                : refused("this file is for the process " + value));
    }

    /// Values that a constructor makes of text, which refuses what they cannot be.
    public <T> Setting<List<T>> listed(String key, Function<String, T> constructor) {
        return list(key, made(constructor));
    }

    /// A value that a constructor makes of text, which refuses what it cannot be.
    public <T> Setting<T> made(String key, Function<String, T> constructor) {
        return parsed(key, made(constructor));
    }

    /// Relative to the file's directory.
    public Setting<Path> path(String key) {
        return parsed(
                key,
                value -> {
                    try {
                        return Parsed.of(directory.resolve(value).normalize());
                    } catch (InvalidPathException e) {
                        return refused("no path: " + value);
                    }
                });
    }

    /// One of the constants, written in lower case with `-` for `_`.
    public <E extends Enum<E>> Setting<E> choice(String key, Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        return parsed(
                key,
                value ->
                        constants.stream()
                                .filter(each -> word(each).equals(value))
                                .findFirst()
                                .map(Parsed::of)
                                .orElseGet(() ->
                                        refused(
                                                "none of "
                                                        + constants.stream()
                                                                .map(Settings::word)
                                                                .toList()
                                                        + ": "
                                                        + value)));
    }

    /// Values separated by commas; an empty value is an empty list.
    public <T> Setting<List<T>> list(String key, Function<String, Parsed<T>> each) {
        return parsed(
                key,
                value -> {
                    List<T> items = new ArrayList<>();
                    for (String item : value.isEmpty() ? new String[0] : value.split(",", -1)) {
                        switch (each.apply(item.strip())) {
                            case Parsed.Value<T>(T good) -> items.add(good);
                            case Parsed.Refused<T>(Verdict.Rejected why) -> {
                                return new Parsed.Refused<>(why);
                            }
                        }
                    }
                    return Parsed.of(List.copyOf(items));
                });
    }

    /// Anything that has a parser of its own, as names and ids have.
    public <T> Setting<T> parsed(String key, Function<String, Parsed<T>> parser) {
        Setting<T> setting = new Setting<>(key);
        if (readings.put(key, () -> read(setting, parser)) != null) {
            throw new IllegalStateException(key + " is named twice by the program");
        }
        return setting;
    }

    /// Reads every key that was named. What the function's constructors refuse is a mistake of the
    /// file too.
    public <T> Configured<T> finish(Supplier<T> value) {
        readings.values().forEach(Runnable::run);
        lines.forEach((key, line) -> {
            if (!readings.containsKey(key)) {
                problem(
                        line.number,
                        "unknown key " + key + Nearest.suggestion(key, readings.keySet()));
            }
        });
        if (problems.isEmpty()) {
            try {
                return new Configured.Ready<>(value.get());
            } catch (IllegalArgumentException e) {
                problem(0, String.valueOf(e.getMessage()));
            }
        }
        return new Configured.Faulty<>(new ConfigurationProblems(file, problems));
    }

    private void add(int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int equals = line.indexOf('=');
        String key = equals < 0 ? line : line.substring(0, equals).strip();
        if (equals < 0 || !key.matches("[A-Za-z][A-Za-z0-9.-]{0,99}")) {
            problem(number, "not of the form key = value");
            return;
        }
        Line first = lines.putIfAbsent(key, new Line(number, line.substring(equals + 1).strip()));
        if (first != null) {
            problem(number, key + " was already set in line " + first.number);
        }
    }

    private <T> void read(Setting<T> setting, Function<String, Parsed<T>> parser) {
        Line line = lines.get(setting.key());
        if (line == null) {
            setting.fallback()
                    .ifPresentOrElse(setting::set, () -> problem(0, setting.key() + " is missing"));
            return;
        }
        switch (parser.apply(line.value)) {
            case Parsed.Value<T>(T value) -> setting.set(value);
            case Parsed.Refused<T>(Verdict.Rejected why) ->
                    problem(line.number, setting.key() + ": " + why.detail());
        }
    }

    private void problem(int line, String words) {
        problems.add(new ConfigurationProblems.Problem(line, words));
    }

    private static <T extends Comparable<T>> Function<String, Parsed<T>> within(
            Function<String, Parsed<T>> parser, T min, T max, Function<T, String> words) {
        return text ->
                parser.apply(text)
                        .then(value ->
                                value.compareTo(min) < 0 || value.compareTo(max) > 0
                                        ? refused(
                                                text
                                                        + " is not between "
                                                        + words.apply(min)
                                                        + " and "
                                                        + words.apply(max))
                                        : Parsed.of(value));
    }

    private static <T> Function<String, Parsed<T>> made(Function<String, T> constructor) {
        return text -> {
            try {
                return Parsed.of(constructor.apply(text));
            } catch (IllegalArgumentException e) {
                return refused(String.valueOf(e.getMessage()));
            }
        };
    }

    private static Parsed<URI> httpsAddress(String text) {
        try {
            URI uri = URI.create(text);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                return Parsed.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // No address at all is refused like one of another kind.
        }
        return refused("not https://host:port: " + text);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> Parsed<T> refused(String why) {
        return Parsed.refused(Fault.INVALID_VALUE, why);
    }
}
