package org.entente.runtime.config;

import java.util.Optional;

/// One key of a configuration file: what it must be, and after `Settings.finish` what it is.
public final class Setting<T> {
    private final String key;
    private Optional<T> fallback = Optional.empty();
    private Optional<T> value = Optional.empty();

    Setting(String key) {
        this.key = key;
    }

    /// The value when the file does not name the key.
    public Setting<T> orElse(T value) {
        fallback = Optional.of(value);
        return this;
    }

    /// Only inside the function given to `Settings.finish`.
    public T value() {
        return value.orElseThrow(
                () -> new IllegalStateException(key + " is read before the settings are finished"));
    }

    String key() {
        return key;
    }

    Optional<T> fallback() {
        return fallback;
    }

    void set(T found) {
        value = Optional.of(found);
    }
}
