package org.entente.chain.por.app;

import org.entente.chain.Genesis;
import org.entente.chain.app.EncodedFile;
import org.entente.chain.por.Change;
import org.entente.light.NodeSigner;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.light.por.PorTag;
import org.entente.light.por.Rules;
import org.entente.light.por.Settings;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Format;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// How members begin a chain: each says who it is in a file, one makes the genesis of all of them.
record Founding(
        ChainId chain,
        VerifyingKey owner,
        List<VerifyingKey> accounts,
        Parameters parameters,
        Settings.Slack slack,
        List<Member> members) {
    /// In a member's directory: who it is, for the others.
    private static final String MEMBER_FILE = "member";

    private static final Name CONSENSUS = new Name("por");
    private static final int MEMBERS_LEFT_LEAST = 3;
    private static final int BLOCK_SIZE_BYTES_MAX = 1 << 20;
    private static final int TRANSACTION_COUNT_MAX = 5_000;
    private static final Duration SKEW_MAX = Duration.ofSeconds(5);

    /// A member's file: who it is, and its node's consent.
    private static final Format<Change> MEMBER =
            new Format<>(PorTag.MEMBER, 4_096, Change::write, Change::read);

    Founding {
        accounts = List.copyOf(accounts);
        members = List.copyOf(members);
    }

    static Settings settings(Genesis genesis) throws StartRefused {
        if (!genesis.consensus().equals(CONSENSUS)) {
            throw new StartRefused(
                    ExitCode.USAGE, "the genesis is of a chain by " + genesis.consensus());
        }
        return EncodedFile.decoded(Settings.FORMAT, genesis.settings(), "the genesis");
    }

    Genesis genesis(Instant now) throws StartRefused {
        for (int count = Math.min(MEMBERS_LEFT_LEAST, members.size());
                count <= members.size();
                count++) {
            if (parameters.check(count) instanceof Verdict.Rejected why) {
                throw new StartRefused(ExitCode.USAGE, why.toString());
            }
        }
        Settings settings;
        try {
            settings =
                    new Settings(
                            new Rules(0, members, parameters),
                            Settings.History.ROUND,
                            slack,
                            Math.min(MEMBERS_LEFT_LEAST, members.size()),
                            BLOCK_SIZE_BYTES_MAX,
                            TRANSACTION_COUNT_MAX,
                            SKEW_MAX);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        TreeSet<VerifyingKey> creators = new TreeSet<>();
        members.forEach(each -> creators.add(each.account()));
        return new Genesis(
                chain,
                CONSENSUS,
                owner,
                creators,
                Sorted.copyOf(accounts),
                now.truncatedTo(ChronoUnit.SECONDS),
                Settings.FORMAT.encode(settings));
    }

    /// Who a member is, for the others to add it.
    static Change.Add member(
            ChainId chain,
            VerifyingKey account,
            NodeSigner node,
            Name name,
            String host,
            int port) {
        return new Change.Add(
                new Member(account, name, node.key(), host, port, 0),
                node.sign(Member.consent(chain, account, node.key())));
    }

    /// @return where it says who it is
    static Path write(Path directory, Change.Add member) throws IOException {
        EncodedFile.write(file(directory), MEMBER, member);
        return file(directory);
    }

    static Path file(Path directory) {
        return directory.resolve(MEMBER_FILE);
    }

    static List<Member> members(List<Path> files) throws IOException, StartRefused {
        List<Member> members = new ArrayList<>();
        for (Path file : files) {
            members.add(member(file).member());
        }
        return members;
    }

    static Change.Add member(Path file) throws IOException, StartRefused {
        if (EncodedFile.read(file, MEMBER) instanceof Change.Add add) {
            return add;
        }
        throw new StartRefused(ExitCode.USAGE, file + " is no member's file");
    }
}
