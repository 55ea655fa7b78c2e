package org.entente.trials.acceptance;

import org.entente.runtime.FreePorts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Does what a page says, in a folder of its own, and writes down what was seen.
///
/// The ports that the page names (74xx) become free ports of this machine; jobs that the page
/// starts with `&` are waited for until they serve, and ended with the transcript.
public final class Transcript implements AutoCloseable {
    /// Processes that live for seconds gain nothing from the optimising compiler, and their keys'
    /// passwords need no stretching.
    private static final String QUICK_STARTS =
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
                    + " -Dkeystore.pkcs12.keyPbeIterationCount=100"
                    + " -Dkeystore.pkcs12.certPbeIterationCount=100"
                    + " -Dkeystore.pkcs12.macIterationCount=100";

    private static final Duration STEP_TIME_MAX = Duration.ofMinutes(5);
    private static final Pattern PORT = Pattern.compile("\\b74\\d\\d\\b");
    private static final Pattern END_OF_JOB = Pattern.compile("kill %(\\d+)");

    private final Path folder;
    private final Optional<Clerk> clerk;
    private final Shell shell;
    private final Map<String, String> ports = new LinkedHashMap<>();
    private final List<Job> jobs = new ArrayList<>();

    /// A background job: how it was started and as what it runs.
    public record Job(String command, Path output, long pid) {
        /// Whether it is of that process, such as `relay`.
        public boolean is(String process) {
            return command.contains("./entente " + process + " ");
        }

        boolean runs() {
            return ProcessHandle.of(pid).isPresent();
        }
    }

    /// Who runs the commands that are no processes of their own.
    public enum Commands {
        /// One JVM for all of them.
        BY_A_CLERK,
        /// As for a person: each its own.
        EACH_BY_ITSELF
    }

    public Transcript(Path root, Path folder, Commands commands) throws IOException {
        this.folder = folder;
        this.clerk =
                switch (commands) {
                    case BY_A_CLERK ->
                            Optional.of(
                                    new Clerk(
                                            root.resolve("entente"),
                                            folder,
                                            List.of(QUICK_STARTS.split(" ", -1))));
                    case EACH_BY_ITSELF -> {
                        Files.createSymbolicLink(
                                folder.resolve("entente"), root.resolve("entente"));
                        yield Optional.empty();
                    }
                };
        this.shell =
                new Shell(
                        folder,
                        Map.of("ENTENTE_NO_BUILD", "1", "ENTENTE_JAVA_OPTIONS", QUICK_STARTS));
    }

    /// Something that is done between two steps of a page.
    public interface Between {
        void after(Page.Step step) throws Exception;
    }

    /// Something that is looked at while nothing runs.
    public interface Look {
        void look() throws Exception;
    }

    /// The page as this run saw it.
    public Page run(Page page, Between between) throws Exception {
        List<Page.Part> seen = new ArrayList<>();
        for (Page.Part part : page.parts()) {
            seen.add(
                    switch (part) {
                        case Page.Prose prose -> prose;
                        case Page.File file -> {
                            Path target = folder.resolve(file.name());
                            Files.createDirectories(target.getParent());
                            Files.writeString(target, here(file.content()));
                            yield file;
                        }
                        case Page.Session session -> run(session, between);
                    });
        }
        return new Page(seen);
    }

    private Page.Session run(Page.Session session, Between between) throws Exception {
        List<Page.Step> seen = new ArrayList<>();
        for (Page.Step step : session.steps()) {
            String output = step.inBackground() ? start(step.command()) : foreground(step);
            seen.add(new Page.Step(step.command(), Plain.of(output, names())));
            between.after(step);
        }
        return new Page.Session(seen);
    }

    private String foreground(Page.Step step) throws IOException, InterruptedException {
        Matcher end = END_OF_JOB.matcher(step.command());
        if (end.matches()) {
            // A job that was killed and started again has lost its number in the shell.
            stop(jobs.get(Integer.parseInt(end.group(1)) - 1));
            return "";
        }
        return run(step.command()).output();
    }

    /// Runs one more command in the transcript's shell.
    public Shell.Result run(String command) throws IOException, InterruptedException {
        return shell.run(here(command), STEP_TIME_MAX);
    }

    public List<Job> jobs() {
        return List.copyOf(jobs);
    }

    public Path folder() {
        return folder;
    }

    /// What the page calls a port, as it is on this machine.
    public int port(int named) throws IOException {
        return Integer.parseInt(here(String.valueOf(named)));
    }

    private String start(String command) throws IOException, InterruptedException {
        Path output = folder.resolve("job-" + jobs.size() + ".log");
        Job job = launch(command, output);
        jobs.add(job);
        return serving(job);
    }

    private Job launch(String command, Path output) throws IOException, InterruptedException {
        String bare = command.substring(0, command.length() - 1).strip();
        Shell.Result started =
                run(bare + " >> " + output.getFileName() + " 2>&1 & echo $!; disown $!");
        return new Job(command, output, Long.parseLong(started.output().strip()));
    }

    private static String serving(Job job) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STEP_TIME_MAX.toNanos();
        while (System.nanoTime() < deadline) {
            List<String> lines =
                    Files.exists(job.output()) ? Files.readAllLines(job.output()) : List.of();
            for (String line : lines.reversed()) {
                if (line.contains(": serving ")) {
                    return line + "\n";
                }
            }
            if (!job.runs()) {
                throw new IOException(job.command() + " ended:\n" + String.join("\n", lines));
            }
            Thread.sleep(20);
        }
        throw new IOException(
                job.command() + " does not serve:\n" + Files.readString(job.output()));
    }

    /// Kills jobs with SIGKILL, lets something be looked at meanwhile, and starts them again.
    public void killAndRestart(Predicate<Job> victims, Look meanwhile) throws Exception {
        List<Job> before = List.copyOf(jobs);
        before.stream().filter(victims).forEach(Transcript::kill);
        meanwhile.look();
        jobs.clear();
        List<Job> started = new ArrayList<>();
        for (Job job : before) {
            if (victims.test(job)) {
                Files.deleteIfExists(job.output());
                started.add(launch(job.command(), job.output()));
                jobs.add(started.getLast());
            } else {
                jobs.add(job);
            }
        }
        for (Job job : started) {
            serving(job);
        }
    }

    /// Ends it in good order.
    private static void stop(Job job) {
        ProcessHandle.of(job.pid())
                .ifPresent(process -> {
                    process.destroy();
                    process.onExit().join();
                });
    }

    private static void kill(Job job) {
        ProcessHandle.of(job.pid())
                .ifPresent(process -> {
                    process.destroyForcibly();
                    process.onExit().join();
                });
    }

    private String here(String text) throws IOException {
        Matcher matcher = PORT.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(result, port(matcher.group()));
        }
        return matcher.appendTail(result).toString();
    }

    private String port(String named) throws IOException {
        String known = ports.get(named);
        if (known == null) {
            known = String.valueOf(FreePorts.one());
            ports.put(named, known);
        }
        return known;
    }

    private Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(folder.toString() + "/", "");
        ports.forEach((page, here) -> names.put(here, page));
        return names;
    }

    @Override
    public void close() throws IOException {
        jobs.forEach(Transcript::kill);
        clerk.ifPresent(Clerk::close);
        shell.close();
    }
}
