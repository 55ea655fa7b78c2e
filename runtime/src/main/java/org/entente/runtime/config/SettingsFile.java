package org.entente.runtime.config;

import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads the file of a configuration.
public final class SettingsFile {
    private static final long SIZE_BYTES_MAX = 1 << 20;

    private SettingsFile() {}

    public static Settings read(Path file) throws StartRefused {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        try {
            if (directory == null || Files.size(absolute) > SIZE_BYTES_MAX) {
                throw refused(file + " is no configuration file");
            }
            return Settings.parse(Files.readString(absolute), file.toString(), directory);
        } catch (NoSuchFileException e) {
            throw refused("there is no file " + file);
        } catch (CharacterCodingException e) {
            throw refused(file + " is not UTF-8 text");
        } catch (IOException e) {
            throw refused("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static StartRefused refused(String why) {
        return new StartRefused(ExitCode.USAGE, why);
    }
}
