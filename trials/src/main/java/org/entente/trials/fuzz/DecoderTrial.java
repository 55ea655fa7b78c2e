package org.entente.trials.fuzz;

import org.entente.protocol.Bytes;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Offers a decoder mutated inputs from one seed and stops at the first answer that is neither a
/// refusal nor a byte-exact round trip.
public final class DecoderTrial {
    private DecoderTrial() {}

    /// @param accepted how many inputs were read and came back as the same bytes
    public record Outcome(String subject, long seed, int inputs, int accepted) {
        @Override
        public String toString() {
            return "trial decoders: %s seed %d: %,d inputs, %,d accepted, the rest refused"
                    .formatted(subject, seed, inputs, accepted);
        }
    }

    public static Outcome run(Subject subject, long seed, int inputs) {
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom")
                        .create(seed * 1_000_003 + subject.name().hashCode());
        Mutation mutation = new Mutation(random, subject.seeds());
        int accepted = 0;
        for (Bytes sound : subject.seeds()) {
            if (!offer(subject, seed, sound)) {
                throw new AssertionError(subject.name() + " refuses its own sound input " + sound);
            }
        }
        for (int count = 0; count < inputs; count++) {
            accepted += offer(subject, seed, mutation.next()) ? 1 : 0;
        }
        return new Outcome(subject.name(), seed, inputs, accepted);
    }

    private static boolean offer(Subject subject, long seed, Bytes input) {
        Optional<Bytes> again;
        try {
            again = subject.again().apply(input);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(
                    "%s, seed %d: %s thrown for %s".formatted(subject.name(), seed, e, input.hex()),
                    e);
        }
        if (again.isPresent() && !again.get().equals(input)) {
            throw new AssertionError(
                    "%s, seed %d: read as other bytes:%n%s%n%s"
                            .formatted(subject.name(), seed, input.hex(), again.get().hex()));
        }
        return again.isPresent();
    }
}
