// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads the framework, jqwik and the properties once more, with one component changed. Everything
 * else, and what watches from outside, is shared with the loader in front.
 */
final class IsolatingLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  /** Read once; every loader defines the same classes. */
  private static final Map<String, byte[]> READ = new ConcurrentHashMap<>();

  private static final String WATCHERS = IsolatingLoader.class.getPackageName() + ".";

  private final String changedClass;
  private final byte[] changedBytes;
  private volatile boolean used;

  /** A loader in which one class has other bytes. */
  IsolatingLoader(String changedClass, byte[] changedBytes) {
    super("defect", IsolatingLoader.class.getClassLoader());
    this.changedClass = changedClass;
    this.changedBytes = changedBytes;
  }

  /** Whether anybody has needed the changed class. */
  boolean hasLoadedTheChange() {
    return used;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!isIsolated(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private static boolean isIsolated(String name) {
    return name.startsWith("net.jqwik.")
        || (name.startsWith("dev.ringside.")
            && (!name.startsWith(WATCHERS) || name.startsWith(WATCHERS + "Watch")));
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = changedBytes;
    if (name.equals(changedClass)) {
      used = true;
    } else {
      bytes = READ.computeIfAbsent(name, this::read);
    }
    if (bytes.length == 0) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] read(String name) {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
