package org.entente.launcher.app;

import java.util.List;

/// A good configuration, ready to look at what it names.
@FunctionalInterface
interface Live {
    List<Finding> look();
}
