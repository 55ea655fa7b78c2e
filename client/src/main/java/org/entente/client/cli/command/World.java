package org.entente.client.cli.command;

import org.entente.certs.Cryptography;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/// What a command sees of the world, handed to it so that a test can hand it another.
///
/// @param interactive whether a person is watching standard error
/// @param cryptography made when it is first needed: most starts of the program do without
public record World(
        PrintStream out,
        PrintStream err,
        boolean interactive,
        InstantSource clock,
        SecureRandom random,
        Supplier<Cryptography> cryptography) {}
