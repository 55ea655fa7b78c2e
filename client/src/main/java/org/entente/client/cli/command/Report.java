package org.entente.client.cli.command;

import org.entente.client.Failure;
import org.entente.client.Problem;
import org.entente.client.Refused;
import org.entente.client.Unreachable;
import org.entente.client.Unusable;

/// Prints how a command ended: results on standard output, everything about failure on standard
/// error, and with `--json` exactly one object on standard output either way.
final class Report {
    private final World world;
    private final boolean json;

    Report(World world, boolean json) {
        this.world = world;
        this.json = json;
    }

    Exit answer(Answer answer) {
        if (json) {
            answer.refusal().ifPresent(why -> answer.json().and("refused", fields(why)));
            print(answer.json());
        } else {
            answer.lines().forEach(world.out()::println);
            answer.next().ifPresent(next -> world.err().println("next: " + next));
        }
        answer.refusal().ifPresent(this::refused);
        return answer.refusal().isPresent() ? Exit.REFUSED : Exit.OK;
    }

    Exit failure(Failure failure) {
        return switch (failure) {
            case Refused refused -> {
                printFailure("refused", fields(refused.problem()));
                refused(refused.problem());
                yield Exit.REFUSED;
            }
            case Unreachable unreachable -> {
                said("unreachable", unreachable);
                yield Exit.UNREACHABLE;
            }
            case Unusable unusable -> {
                said("wrong", unusable);
                yield Exit.USAGE;
            }
        };
    }

    private void refused(Problem why) {
        world.err().println("refused: " + why.code() + " " + why.detail());
        world.err().println("next: " + why.next());
    }

    private void said(String word, Failure failure) {
        printFailure(word, Fields.of("detail", failure.message()).and("next", failure.next()));
        world.err().println(word + ": " + failure.message());
        world.err().println("next: " + failure.next());
    }

    private void printFailure(String word, Fields fields) {
        if (json) {
            print(Fields.of(word, fields));
        }
    }

    private void print(Fields fields) {
        world.out().println(JsonText.of(fields));
    }

    private static Fields fields(Problem why) {
        return Fields.of("code", why.code())
                .and("detail", why.detail())
                .and("next", why.next())
                .and("retryable", why.retryable());
    }
}
