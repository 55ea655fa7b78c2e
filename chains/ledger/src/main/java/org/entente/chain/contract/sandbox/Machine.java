package org.entente.chain.contract.sandbox;

import org.entente.certs.Verifier;
import org.entente.chain.contract.Call;
import org.entente.chain.contract.Store;
import org.entente.chain.contract.api.Program;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A contract in Java that can run: inspected, rewritten, defined. Keeps nothing between calls, so
/// any number of threads may use it.
final class Machine {
    private static final ClassFile READ =
            ClassFile.of(
                    ClassFile.DebugElementsOption.DROP_DEBUG,
                    ClassFile.LineNumbersOption.DROP_LINE_NUMBERS,
                    ClassFile.AttributesProcessingOption.DROP_UNKNOWN_ATTRIBUTES);

    private final Constructor<? extends Program> main;

    private Machine(Constructor<? extends Program> main) {
        this.main = main;
    }

    /// Whoever brought the classes may have written them by hand, so whatever the JDK throws at
    /// them is their fault; the same on every node, as these have the same JDK.
    static Parsed<Machine> of(Code code) {
        try {
            List<ClassModel> models = new ArrayList<>();
            for (Bytes each : code.classes()) {
                models.add(READ.parse(each.toArray()));
            }
            OwnClasses own = new OwnClasses(models);
            new Inspection(own).inspect();
            Rewriting rewriting = new Rewriting(own);
            TreeMap<String, Bytes> rewritten = new TreeMap<>();
            for (ClassModel model : own.all()) {
                rewritten.put(
                        OwnClasses.name(model.thisClass()),
                        Bytes.copyOf(rewriting.rewritten(model)));
            }
            return defined(code.main(), new Realm(rewritten), rewritten.keySet());
        } catch (CodeRefused
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ClassCastException
                | NullPointerException
                | LinkageError
                | ReflectiveOperationException e) {
            return Parsed.refused(Fault.CODE_REFUSED, e.getMessage() + "");
        }
    }

    private static Parsed<Machine> defined(String main, Realm realm, Iterable<String> names)
            throws ReflectiveOperationException {
        for (String name : names) {
            // All are verified now, so that no call finds a class that does not hold.
            Class.forName(name, true, realm);
        }
        Class<? extends Program> type = realm.loadClass(main).asSubclass(Program.class);
        Constructor<? extends Program> constructor = type.getConstructor();
        boolean ready =
                Modifier.isPublic(type.getModifiers()) && !Modifier.isAbstract(type.getModifiers());
        return ready && type.getClassLoader() == realm
                ? Parsed.of(new Machine(constructor))
                : Parsed.refused(Fault.CODE_REFUSED, main + " is no public class that can be made");
    }

    Parsed<Bytes> run(Call call, Store store, Verifier verifier) {
        Meter meter = new Meter();
        Parsed<Bytes> result =
                meter.during(() -> ended(call, new CallHost(call, store, meter, verifier)));
        store.spend(meter.used());
        return result;
    }

    private Parsed<Bytes> ended(Call call, CallHost host) {
        try {
            byte[] output =
                    main.newInstance().call(call.method(), call.arguments().toArray(), host);
            return Parsed.of(output == null ? Bytes.EMPTY : Bytes.copyOf(output));
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            return failed(cause == null ? e : cause);
        } catch (RuntimeException | Stop | LinkageError e) {
            return failed(e);
        } catch (VirtualMachineError e) {
            throw new IllegalStateException("memory or stack ran out before a limit", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a contract that could be made cannot be made", e);
        }
    }

    /// An exception of the contract ends its call. That memory or the stack ran out is our own
    /// mistake, since the contract's limits come first: it decides nothing and ends the process.
    private static Parsed<Bytes> failed(Throwable e) {
        return switch (e) {
            case Stop stop -> new Parsed.Refused<>(stop.why());
            case RuntimeException thrown ->
                    Parsed.refused(
                            Fault.CALL_ABORTED, "it threw " + thrown.getClass().getSimpleName());
            case LinkageError missing -> Parsed.refused(Fault.CALL_ABORTED, "it does not link");
            default -> throw new IllegalStateException("memory or stack ran out before a limit", e);
        };
    }
}
