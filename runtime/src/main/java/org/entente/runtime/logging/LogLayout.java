package org.entente.runtime.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;

import org.entente.runtime.json.Json;
import org.slf4j.event.KeyValuePair;

import java.util.LinkedHashMap;
import java.util.Map;

/// One line for each event: `time LEVEL logger message key=value…`, or the same as JSON.
///
/// What comes from outside cannot begin a line of its own.
final class LogLayout extends LayoutBase<ILoggingEvent> {
    private final LogFormat format;

    LogLayout(LogFormat format) {
        this.format = format;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return switch (format) {
            case TEXT -> text(event);
            case JSON -> json(event);
        };
    }

    private static String text(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        line.append(event.getInstant())
                .append(' ')
                .append(event.getLevel())
                .append(' ')
                .append(shortName(event.getLoggerName()))
                .append(' ')
                .append(oneLine(event.getFormattedMessage()));
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                line.append(' ').append(pair.key).append('=').append(quoted(pair.value));
            }
        }
        line.append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()).stripTrailing())
                    .append('\n');
        }
        return line.toString();
    }

    private static String json(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", event.getInstant().toString());
        fields.put("level", event.getLevel().toString());
        fields.put("logger", event.getLoggerName());
        fields.put("message", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                fields.putIfAbsent(
                        pair.key,
                        pair.value instanceof Number ? pair.value : String.valueOf(pair.value));
            }
        }
        if (event.getThrowableProxy() != null) {
            fields.put("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return Json.write(fields).asUtf8() + "\n";
    }

    private static String shortName(String logger) {
        return logger.startsWith("org.entente.") ? logger.substring(12) : logger;
    }

    private static String quoted(Object value) {
        String text = oneLine(String.valueOf(value));
        return text.isEmpty() || text.matches(".*[ =\"].*")
                ? '"' + text.replace("\"", "\\\"") + '"'
                : text;
    }

    private static String oneLine(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        text.chars()
                .forEach(each ->
                        line.append(
                                Character.isISOControl(each)
                                        ? "\\u%04x".formatted(each)
                                        : String.valueOf((char) each)));
        return line.toString();
    }
}
