package org.entente.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.client.fixture.Tale;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The commands of docs/formats.md §5.2, run as they stand there.
class ReceiptByHandTest {
    private static final Path PAGE = Path.of("../docs/formats.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|)\\n(.*?)^```$");

    @TempDir private Path folder;

    private static String section() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(page.indexOf("### 5.2 By hand"));
    }

    private static String blocks(String language) throws IOException {
        StringBuilder text = new StringBuilder();
        Matcher matcher = BLOCK.matcher(section());
        while (matcher.find()) {
            if (matcher.group(1).equals(language)) {
                text.append(matcher.group(2));
            }
        }
        return text.toString();
    }

    private String run(Story story, ReceiptFile receipt) throws Exception {
        Files.write(folder.resolve("receipt.json"), receipt.write().toArray());
        Path script = folder.resolve("script");
        Files.writeString(script, "alliance=" + story.id() + "\n" + blocks("sh"));
        Process process =
                new ProcessBuilder("bash", script.toString())
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("errors").toFile())
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return out;
    }

    @Test
    void a_valid_and_an_invalid_receipt_are_checked_by_hand() throws Exception {
        Story story = Story.begun();
        long valid = story.order(story.draft("one", 1).candidate()).serial();
        long invalid =
                story.order(
                                story.draft("two", 1, "8")
                                        .endorsedBy(List.of(story.alpha()))
                                        .candidate())
                        .serial();
        for (long serial : List.of(valid, invalid)) {
            assertThat(run(story, Tale.portable(story, serial, Optional.empty())))
                    .as(Files.readString(folder.resolve("errors")))
                    .isEqualTo(blocks(""));
        }
    }

    @Test
    void an_altered_receipt_is_not_sound_by_hand_either() throws Exception {
        Story story = Story.begun();
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        ReceiptFile sound = Tale.portable(story, serial, Optional.empty());
        // In the entry's time, in the content, and in the evidence at the end.
        for (int at : List.of(100, 700, sound.receipt().size() - 10)) {
            byte[] bytes = sound.receipt().toArray();
            bytes[at] ^= 1;
            String said =
                    run(
                            story,
                            new ReceiptFile(sound.alliance(), Bytes.copyOf(bytes), sound.epochs()));
            assertThat(said).as("byte " + at).isNotEqualTo(blocks(""));
        }
    }
}
