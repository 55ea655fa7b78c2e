package org.entente.chain.contract.sandbox;

import org.entente.chain.contract.api.Program;
import org.entente.protocol.Bytes;

import java.util.SortedMap;

/// Where a contract's classes are: they see themselves, what is whitelisted and their meter, and
/// nothing else, so that even what passed inspection by mistake finds nothing.
final class Realm extends ClassLoader {
    private final SortedMap<String, Bytes> classes;

    Realm(SortedMap<String, Bytes> classes) {
        super("contract", Program.class.getClassLoader());
        this.classes = classes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            Bytes own = classes.get(name);
            if (own != null) {
                return defineClass(name, own.toArray(), 0, own.size());
            }
            boolean counted =
                    name.equals(Meter.class.getName()) || name.equals(Library.class.getName());
            // The verifier of the JVM asks whether what is thrown can be thrown.
            if (counted || Whitelist.hasClass(name) || name.equals(Throwable.class.getName())) {
                return super.loadClass(name, resolve);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
