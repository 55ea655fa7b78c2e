import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// Takes the signatures off the jars of a folder (docs/decisions/0018-jars-without-signatures.md).
final class Unsigned {
    public static void main(String[] arguments) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".jar")).toList()) {
                strip(file);
            }
        }
    }

    private static void strip(Path jar) throws IOException {
        Path bare = jar.resolveSibling(jar.getFileName() + ".bare");
        try (JarFile from = new JarFile(jar.toFile(), false)) {
            List<JarEntry> entries = from.stream().toList();
            if (entries.stream().noneMatch(Unsigned::isSignature)) {
                return;
            }
            // What is said of the whole jar stays; the digests of its parts are the signature's.
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().putAll(from.getManifest().getMainAttributes());
            try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(bare), manifest)) {
                to.setLevel(1);
                for (JarEntry entry : entries) {
                    if (!isSignature(entry) && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        JarEntry copied = new JarEntry(entry.getName());
                        copied.setTimeLocal(entry.getTimeLocal());
                        to.putNextEntry(copied);
                        from.getInputStream(entry).transferTo(to);
                        to.closeEntry();
                    }
                }
            }
        }
        Files.move(bare, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isSignature(JarEntry entry) {
        return entry.getName().matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    }
}
