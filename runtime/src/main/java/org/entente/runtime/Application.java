package org.entente.runtime;

import java.io.PrintStream;
import java.time.Duration;

/// One process: starts it, keeps it, and ends it with an exit code whatever happens.
///
/// The threads of a server keep a JVM alive when `main` throws, so the end is always an explicit
/// halt.
public final class Application {
    private static final Duration STOP_TIME_MAX = Duration.ofSeconds(30);

    private Application() {}

    /// Starts what the process is for, naming each thing to be closed, and returns when it serves.
    @FunctionalInterface
    public interface Start {
        void start(Shutdown shutdown) throws Exception;
    }

    /// Runs until SIGTERM, SIGINT or a failure; does not return.
    public static void run(String name, Start start) {
        run(name, STOP_TIME_MAX, start);
    }

    /// @param stopTimeMax for a graceful stop
    public static void run(String name, Duration stopTimeMax, Start start) {
        Shutdown shutdown = new Shutdown(stopTimeMax);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, why) -> shutdown.fail("uncaught in thread " + thread.getName(), why));
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("signal")
                                .unstarted(() -> end(name, shutdown, shutdown.stop())));
        try {
            start.start(shutdown);
        } catch (StartRefused e) {
            refused(System.err, name, String.valueOf(e.getMessage()));
            shutdown.stop();
            halt(e.exitCode());
        } catch (Throwable e) {
            refused(System.err, name, "failed to start: " + e);
            shutdown.stop();
            halt(ExitCode.FAILED);
        }
        end(name, shutdown, shutdown.awaitStopped());
    }

    /// Of a process that ended by itself, the reason is the last thing that it says.
    private static void end(String name, Shutdown shutdown, ExitCode code) {
        shutdown.failure().ifPresent(why -> refused(System.err, name, "ended by itself: " + why));
        halt(code);
    }

    private static void refused(PrintStream out, String name, String why) {
        out.println(name + ": " + why);
    }

    private static void halt(ExitCode code) {
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code.number());
    }
}
