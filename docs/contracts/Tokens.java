import org.entente.chain.contract.api.Host;
import org.entente.chain.contract.api.Program;
import org.entente.chain.contract.api.Utf8;

/// Tokens that accounts hold. Who calls `issue` first is the issuer, for ever.
///
/// `issue` takes an amount, `transfer` an account's key (64 bytes) and an amount, `balance` an
/// account's key. Amounts are decimal text.
public final class Tokens implements Program {
    private static final int KEY_SIZE = 64;
    private static final String ISSUER = "issuer";
    private static final String BALANCE = "balance/";

    @Override
    public byte[] call(String method, byte[] arguments, Host host) {
        switch (method) {
            case "issue":
                return issue(amount(arguments, 0, host), host);
            case "transfer":
                return transfer(account(arguments, host), amount(arguments, KEY_SIZE, host), host);
            case "balance":
                return Utf8.bytes(Long.toString(balance(account(arguments, host), host)));
            default:
                throw host.abort("no method " + method);
        }
    }

    private static byte[] issue(long amount, Host host) {
        byte[] issuer = host.get(Utf8.bytes(ISSUER));
        if (issuer.length == 0) {
            host.put(Utf8.bytes(ISSUER), host.caller());
        } else if (!java.util.Arrays.equals(issuer, host.caller())) {
            throw host.denied("only the issuer issues");
        }
        return added(host.caller(), amount, host);
    }

    private static byte[] transfer(byte[] to, long amount, Host host) {
        byte[] from = host.caller();
        long left = balance(from, host) - amount;
        if (left < 0) {
            throw host.abort("the balance is too small");
        }
        host.put(place(from), Utf8.bytes(Long.toString(left)));
        byte[] balance = added(to, amount, host);
        host.emit("transferred", to);
        return balance;
    }

    private static byte[] added(byte[] account, long amount, Host host) {
        byte[] balance = Utf8.bytes(Long.toString(Math.addExact(balance(account, host), amount)));
        host.put(place(account), balance);
        return balance;
    }

    private static long balance(byte[] account, Host host) {
        byte[] value = host.get(place(account));
        return value.length == 0 ? 0 : Long.parseLong(Utf8.text(value));
    }

    private static byte[] place(byte[] account) {
        byte[] prefix = Utf8.bytes(BALANCE);
        byte[] place = java.util.Arrays.copyOf(prefix, prefix.length + account.length);
        System.arraycopy(account, 0, place, prefix.length, account.length);
        return place;
    }

    private static byte[] account(byte[] arguments, Host host) {
        if (arguments.length < KEY_SIZE) {
            throw host.abort("an account's key has 64 bytes");
        }
        return java.util.Arrays.copyOf(arguments, KEY_SIZE);
    }

    private static long amount(byte[] arguments, int from, Host host) {
        try {
            byte[] text = java.util.Arrays.copyOfRange(arguments, from, arguments.length);
            long amount = Long.parseLong(Utf8.text(text));
            if (amount < 1) {
                throw host.abort("an amount is at least 1");
            }
            return amount;
        } catch (NumberFormatException e) {
            throw host.abort("an amount is decimal text");
        }
    }
}
