package org.entente.chain.industrial.data;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;

/// What an image or a video is like.
///
/// @param durationMillis 0 of an image
/// @param keyFrames of a video, ascending: from which chunk on it can be played
public record Media(int width, int height, long durationMillis, List<KeyFrame> keyFrames) {
    public static final int KEY_FRAME_COUNT_MAX = 1_024;

    /// A frame that needs none before it.
    public record KeyFrame(long atMillis, int chunk) {}

    public Media {
        keyFrames = List.copyOf(keyFrames);
        if (width < 1 || height < 1 || durationMillis < 0) {
            throw new IllegalArgumentException(
                    "no picture: %d x %d for %d ms".formatted(width, height, durationMillis));
        }
        for (int at = 1; at < keyFrames.size(); at++) {
            KeyFrame before = keyFrames.get(at - 1);
            KeyFrame frame = keyFrames.get(at);
            if (frame.atMillis <= before.atMillis || frame.chunk < before.chunk) {
                throw new IllegalArgumentException("key frames ascend: " + before + ", " + frame);
            }
        }
    }

    /// The chunk from which to play what is seen at a time.
    public int chunkAt(long atMillis) {
        return keyFrames.stream()
                .filter(frame -> frame.atMillis <= atMillis)
                .mapToInt(KeyFrame::chunk)
                .max()
                .orElse(0);
    }

    static void write(Encoder encoder, Media media) {
        encoder.u32(media.width)
                .u32(media.height)
                .u64(media.durationMillis)
                .list(media.keyFrames, (each, frame) -> each.u64(frame.atMillis).u32(frame.chunk));
    }

    static Media read(Decoder decoder) {
        return new Media(
                decoder.u32(),
                decoder.u32(),
                decoder.u64(),
                decoder.list(KEY_FRAME_COUNT_MAX, each -> new KeyFrame(each.u64(), each.u32())));
    }
}
