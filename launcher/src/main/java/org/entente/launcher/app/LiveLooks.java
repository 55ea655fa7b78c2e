package org.entente.launcher.app;

import org.entente.agent.app.AgentConfiguration;
import org.entente.agent.app.LiveCheck;
import org.entente.chain.app.SoloConfiguration;
import org.entente.chain.industrial.app.IndustrialConfiguration;
import org.entente.chain.por.app.PorConfiguration;
import org.entente.relay.app.RelayConfiguration;
import org.entente.runtime.config.Address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `config check --live` looks at; nothing is changed by looking.
final class LiveLooks {
    private LiveLooks() {}

    static Live agent(AgentConfiguration configuration) {
        return () -> {
            try {
                return LiveCheck.all(configuration).stream()
                        .map(each ->
                                switch (each.status()) {
                                    case GOOD -> Finding.ok(each.what(), each.words());
                                    case BAD -> Finding.fail(each.what(), each.words(), "");
                                })
                        .toList();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of(Finding.fail("look", "interrupted", "give the command again"));
            }
        };
    }

    static Live relay(RelayConfiguration configuration) {
        return () -> {
            List<Finding> findings = new ArrayList<>();
            findings.add(directory(configuration.directory(), "entente relay --init"));
            findings.add(port(configuration.http().listen()));
            return findings;
        };
    }

    static Live solo(SoloConfiguration configuration) {
        return () ->
                List.of(
                        directory(configuration.directory(), "entente chain solo --init"),
                        port(configuration.serving().http().listen()));
    }

    static Live por(PorConfiguration configuration) {
        return () ->
                List.of(
                        directory(configuration.directory(), "entente chain por keys"),
                        port(configuration.serving().http().listen()),
                        port(configuration.peers()));
    }

    static Live industrial(IndustrialConfiguration configuration) {
        return () ->
                List.of(
                        directory(configuration.directory(), "entente chain industrial keys"),
                        Files.isReadable(configuration.members())
                                ? Finding.ok("members", configuration.members() + " is there")
                                : Finding.fail(
                                        "members",
                                        "there is no file " + configuration.members(),
                                        "take the one that was made with the genesis"),
                        port(configuration.serving().http().listen()),
                        port(configuration.peers()));
    }

    private static Finding directory(Path directory, String command) {
        if (!Files.isDirectory(directory)) {
            return Finding.fail(
                    "directory",
                    "there is no directory " + directory,
                    "make it: " + command + " --config FILE");
        }
        return Files.isWritable(directory)
                ? Finding.ok("directory", directory + " is there")
                : Finding.fail(
                        "directory", directory + " is not writable", "run as the user who owns it");
    }

    static Finding port(Address address) {
        try (ServerSocket _ =
                new ServerSocket(address.port(), 1, InetAddress.getByName(address.host()))) {
            return Finding.ok("listen", address + " is free");
        } catch (IOException e) {
            return Finding.fail(
                    "listen",
                    address + " cannot be used: " + e.getMessage(),
                    "stop what uses it (is the process running already?) or choose another");
        }
    }
}
