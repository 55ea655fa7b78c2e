package org.entente.chain.industrial.register.identifier;

import org.entente.chain.contract.Call;
import org.entente.chain.contract.Contract;
import org.entente.chain.contract.Store;
import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.register.Organisations;
import org.entente.chain.industrial.register.Records;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The register of identifiers (docs/chains/industrial-registers.md §3).
///
/// @param owner of the chain
public record IdentifierContract(VerifyingKey owner) implements Contract {
    @Override
    public Name name() {
        return Identifiers.REGISTER;
    }

    @Override
    public SortedSet<Name> reads() {
        return Sorted.copyOf(List.of(Organisations.REGISTER));
    }

    @Override
    public Parsed<Bytes> call(Call call, Store store) {
        return Deed.told(call, IdentifierDeed.FORMAT, IdentifierDeed.METHODS)
                .then(deed -> new Act(call, store).perform(deed));
    }

    /// One deed of one account.
    private final class Act {
        private final Call call;
        private final Store store;
        private final Organisations organisations;
        private final Identifiers identifiers;

        private Act(Call call, Store store) {
            this.call = call;
            this.store = store;
            this.organisations = new Organisations(Records.of(store));
            this.identifiers = new Identifiers(Records.of(store));
        }

        private Parsed<Bytes> perform(IdentifierDeed deed) {
            return switch (deed) {
                case IdentifierDeed.Allocate(Prefix prefix, OrganisationId to, String node) ->
                        allocate(prefix, to, node);
                case IdentifierDeed.Register(Identifier identifier, Description description) ->
                        register(identifier, description);
                case IdentifierDeed.Describe(
                                Identifier identifier,
                                int version,
                                Description description) ->
                        owned(identifier)
                                .then(before ->
                                        Deed.done(
                                                is(version, before.version() + 1),
                                                () ->
                                                        write(
                                                                identifier,
                                                                before.described(
                                                                        description,
                                                                        call.time()))));
                case IdentifierDeed.Offer(Identifier identifier, OrganisationId to) ->
                        owned(identifier).then(before -> offer(identifier, before, to));
                case IdentifierDeed.Accept(Identifier identifier, int version) ->
                        accept(identifier, version);
                case IdentifierDeed.Keep(Identifier identifier) ->
                        owned(identifier).then(before -> keep(identifier, before));
                case IdentifierDeed.Retire(Identifier identifier) ->
                        owned(identifier)
                                .map(before -> write(identifier, before.retired(call.time())));
            };
        }

        private Parsed<IdentifierRecord> owned(Identifier identifier) {
            return identifiers.owned(identifier, call.caller());
        }

        private Parsed<Bytes> allocate(Prefix prefix, OrganisationId to, String node) {
            if (!call.caller().equals(owner)) {
                return Parsed.refused(Fault.NOT_YOURS, "only the chain's owner allocates prefixes");
            }
            if (organisations.named(to).isEmpty()) {
                return Parsed.refused(Fault.UNKNOWN_ORGANISATION, to);
            }
            Optional<PrefixRecord> before = identifiers.find(prefix);
            if (before.isPresent() && !before.get().organisation().equals(to)) {
                return Parsed.refused(
                        Fault.ALREADY_EXISTS, prefix + " is of " + before.get().organisation());
            }
            store.put(
                    Identifiers.place(prefix),
                    PrefixRecord.FORMAT.encode(new PrefixRecord(to, node, call.time())));
            return Parsed.of(Bytes.EMPTY);
        }

        private Parsed<Bytes> register(Identifier identifier, Description description) {
            Optional<PrefixRecord> prefix = identifiers.find(identifier.prefix());
            if (prefix.isEmpty()) {
                return Parsed.refused(
                        Fault.NOT_FOUND, "no organisation has the prefix " + identifier.prefix());
            }
            OrganisationId holder = prefix.get().organisation();
            if (!organisations.speaks(call.caller(), holder)) {
                return Parsed.refused(Fault.NOT_YOURS, identifier.prefix() + " is of " + holder);
            }
            if (identifiers.find(identifier).isPresent()) {
                return Parsed.refused(Fault.ALREADY_EXISTS, identifier);
            }
            return Parsed.of(
                    write(identifier, IdentifierRecord.begun(holder, description, call.time())));
        }

        private Parsed<Bytes> offer(
                Identifier identifier, IdentifierRecord before, OrganisationId to) {
            if (organisations.named(to).isEmpty()) {
                return Parsed.refused(Fault.UNKNOWN_ORGANISATION, to);
            }
            return to.equals(before.owner())
                    ? Parsed.refused(Fault.INVALID_VALUE, to + " has it already")
                    : Parsed.of(write(identifier, before.offered(Optional.of(to), call.time())));
        }

        private Parsed<Bytes> keep(Identifier identifier, IdentifierRecord before) {
            return before.offered().isEmpty()
                    ? Parsed.refused(Fault.WRONG_STATE, identifier + " is not offered")
                    : Parsed.of(write(identifier, before.offered(Optional.empty(), call.time())));
        }

        private Parsed<Bytes> accept(Identifier identifier, int version) {
            return identifiers
                    .active(identifier)
                    .then(before -> {
                        if (before.offered().isEmpty()) {
                            return Parsed.refused(
                                    Fault.WRONG_STATE, identifier + " is not offered");
                        }
                        OrganisationId to = before.offered().get();
                        return organisations.speaks(call.caller(), to)
                                ? Deed.done(
                                        is(version, before.version()),
                                        () -> write(identifier, before.accepted(to, call.time())))
                                : Parsed.refused(
                                        Fault.NOT_YOURS, identifier + " is offered to " + to);
                    });
        }

        private static Verdict is(int version, int due) {
            return version == due
                    ? Verdict.accepted()
                    : Verdict.rejected(
                            Fault.STALE_READ, "version " + version + " where it is " + due);
        }

        private Bytes write(Identifier identifier, IdentifierRecord next) {
            Bytes value = IdentifierRecord.FORMAT.encode(next);
            store.put(Identifiers.place(identifier), value);
            store.put(Identifiers.place(identifier, next.version()), value);
            return Bytes.EMPTY;
        }
    }
}
