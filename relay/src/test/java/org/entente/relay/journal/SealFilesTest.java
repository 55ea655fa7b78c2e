package org.entente.relay.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Digest;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Sealed;
import org.entente.relay.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

final class SealFilesTest {
    private final Story story = Story.begun();

    @TempDir private Path folder;

    private Sealed sealed(long size) {
        return story.sealed(
                new Seal(story.id(), 0, size, Digest.ZERO, story.now()), story.members());
    }

    @Test
    void those_that_end_an_epoch_are_kept_for_ever_and_the_newest_of_the_others() throws Exception {
        SealFiles files = new SealFiles(folder);
        assertThat(files.kept()).isEmpty();
        files.keep(sealed(1), Effect.Keep.FOR_EVER);
        for (long size = 2; size <= 9; size++) {
            files.keep(sealed(size), Effect.Keep.NEWEST);
        }
        assertThat(new SealFiles(folder).kept())
                .extracting(kept -> kept.seal().size())
                .contains(1L, 9L)
                .doesNotContain(2L, 7L);
        assertThat(new SealFiles(folder).kept().getLast().seal().size()).isEqualTo(9);
    }

    @Test
    void a_crash_while_the_newest_is_written_leaves_the_one_before() throws Exception {
        SealFiles files = new SealFiles(folder);
        files.keep(sealed(1), Effect.Keep.NEWEST);
        files.keep(sealed(2), Effect.Keep.NEWEST);
        // The second stands in the first place.
        try (var channel =
                Files.newByteChannel(folder.resolve("newest"), StandardOpenOption.WRITE)) {
            channel.position(20).write(java.nio.ByteBuffer.allocate(8));
        }
        assertThat(new SealFiles(folder).kept())
                .extracting(kept -> kept.seal().size())
                .containsExactly(1L);
    }
}
