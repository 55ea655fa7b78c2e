package org.entente.trials.bench;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What the threads of a process computed, found every ten milliseconds of CPU, by what it is for.
/// The innermost frame that says it decides.
final class Samples {
    static final int PERIOD_MILLIS = 10;
    private static final String NAME = "exchange-benchmark";

    private final Map<Work, Integer> counts = new EnumMap<>(Work.class);
    private int forcing;

    /// What a thread can be at.
    enum Work {
        SIGNATURES,
        HASHES,
        NETWORK,
        ENCODING,
        REST;

        private List<String> beginnings() {
            return switch (this) {
                case SIGNATURES ->
                        List.of(
                                "com.amazon.corretto.crypto.provider.Ev",
                                "com.amazon.corretto.crypto.provider.Ec",
                                "sun.security.ec.",
                                "org.entente.certs.EllipticCurve");
                case HASHES ->
                        List.of(
                                "sun.security.provider.",
                                "com.amazon.corretto.crypto.provider.SHA",
                                "org.entente.protocol.Digest",
                                "org.entente.protocol.merkle.");
                case NETWORK ->
                        List.of(
                                "io.netty.",
                                "io.vertx.",
                                "jdk.internal.net.http.",
                                "sun.security.ssl.",
                                "sun.nio.ch.",
                                "org.entente.runtime.http.",
                                "org.entente.runtime.link.");
                case ENCODING ->
                        List.of(
                                "org.entente.protocol.encoding.",
                                "tools.jackson.",
                                "org.entente.runtime.json.",
                                "org.bouncycastle.asn1.",
                                "org.entente.certs.",
                                "java.util.HexFormat");
                case REST -> List.of("org.entente.");
            };
        }

        static Optional<Work> of(String method) {
            for (Work each : values()) {
                if (each.beginnings().stream().anyMatch(method::startsWith)) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        }
    }

    /// Begins to look at a process.
    static void begin(long pid) throws IOException, InterruptedException {
        jcmd(
                pid,
                "JFR.start",
                "name=" + NAME,
                "settings=profile",
                "jdk.CPUTimeSample#enabled=true",
                "jdk.CPUTimeSample#throttle=" + PERIOD_MILLIS + "ms",
                "jdk.NativeMethodSample#period=" + PERIOD_MILLIS + "ms");
    }

    /// Ends looking at it.
    static Samples end(long pid, Path file) throws IOException, InterruptedException {
        jcmd(pid, "JFR.stop", "name=" + NAME, "filename=" + file);
        Samples samples = new Samples();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                samples.take(recording.readEvent());
            }
        }
        return samples;
    }

    private static void jcmd(long pid, String... words) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid));
        builder.command().addAll(List.of(words));
        Process process =
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("jcmd " + String.join(" ", words) + " did not succeed");
        }
    }

    private void take(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        switch (event.getEventType().getName()) {
            case "jdk.CPUTimeSample" -> counts.merge(work(frames), 1, Integer::sum);
            case "jdk.NativeMethodSample" -> {
                // Other native methods wait: for connections, for a child's words.
                if (!frames.isEmpty() && name(frames.getFirst()).endsWith(".force0")) {
                    forcing++;
                }
            }
            default -> {}
        }
    }

    private static Work work(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            Optional<Work> work = Work.of(name(frame));
            if (work.isPresent()) {
                return work.get();
            }
        }
        return Work.REST;
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    /// The share of a kind of work.
    double share(Work work) {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0 ? 0 : counts.getOrDefault(work, 0) / (double) all;
    }

    /// How long its threads waited for forced writes, together.
    double forcingMillis() {
        return forcing * (double) PERIOD_MILLIS;
    }
}
