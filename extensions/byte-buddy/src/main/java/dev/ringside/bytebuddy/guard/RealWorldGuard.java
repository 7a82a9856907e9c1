// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches code under test, of the packages that it is told: whoever of them reads the wall clock,
 * sleeps, or opens a real socket gets an error instead, which names class, method and line, and
 * what to use. An error that the code swallows is told by {@link #check}.
 *
 * <pre>{@code
 * try (RealWorldGuard guard = RealWorldGuard.over("com.example.agent")) {
 *   agent.run(lab);
 *   guard.check();
 * }
 * }</pre>
 *
 * <p>It watches the thread that has made it and those that this thread starts; of threads that were
 * there before, what they do is told while there is only one guard. Code of other packages, such as
 * libraries, is left alone, and so is all code while there is no guard. The classes are
 * instrumented by Byte Buddy's agent, which attaches itself unless the JVM was started with it.
 */
public final class RealWorldGuard implements AutoCloseable {

  private static final List<RealWorldGuard> ACTIVE = new ArrayList<>();
  private static final InheritableThreadLocal<@Nullable RealWorldGuard> OWN =
      new InheritableThreadLocal<>();

  private final List<String> packages;
  private final @Nullable RealWorldGuard outer;
  private final List<RealWorldUse> uses = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private RealWorldGuard(List<String> packages) {
    this.packages = packages;
    this.outer = OWN.get();
  }

  /**
   * Watches the classes of these packages, and of those below them.
   *
   * @throws IllegalArgumentException if none is named, or one of the platform
   * @throws IllegalStateException if the agent can neither be found nor attached
   */
  public static RealWorldGuard over(String... packages) {
    if (packages.length == 0) {
      throw new IllegalArgumentException(
          "no package to guard; name those of the code under test, such as \"com.example.agent\"");
    }
    for (String name : packages) {
      if (name.isBlank() || (name + ".").startsWith("java.")) {
        throw new IllegalArgumentException(
            "package '" + name + "' cannot be guarded; name those of the code under test");
      }
    }
    RealWorldGuard guard = new RealWorldGuard(List.of(packages));
    synchronized (ACTIVE) {
      ACTIVE.add(guard);
    }
    OWN.set(guard);
    try {
      for (String name : packages) {
        Instrumented.add(name);
      }
    } catch (RuntimeException | Error e) {
      guard.close();
      throw e;
    }
    return guard;
  }

  /** Where code under test has used the real world, in order. */
  public List<RealWorldUse> uses() {
    synchronized (ACTIVE) {
      return List.copyOf(uses);
    }
  }

  /**
   * Tells of all uses, also of those whose error was swallowed.
   *
   * @throws RealWorldError if there are any
   * @throws IllegalStateException if a class could not be instrumented
   */
  public void check() {
    synchronized (ACTIVE) {
      if (!failures.isEmpty()) {
        throw new IllegalStateException("the guard cannot watch " + failures);
      }
    }
    List<RealWorldUse> seen = uses();
    if (!seen.isEmpty()) {
      throw new RealWorldError(seen);
    }
  }

  /** Watches no longer. */
  @Override
  public void close() {
    synchronized (ACTIVE) {
      ACTIVE.remove(this);
    }
    if (OWN.get() == this) {
      OWN.set(outer);
    }
  }

  private boolean watches(String type) {
    for (String name : packages) {
      if (type.startsWith(name + ".")) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable RealWorldGuard guardOf(String type) {
    RealWorldGuard guard = OWN.get();
    if (guard == null || !ACTIVE.contains(guard)) {
      guard = ACTIVE.size() == 1 ? ACTIVE.get(0) : null;
    }
    return guard != null && guard.watches(type) ? guard : null;
  }

  /**
   * Called by instrumented classes, and by nobody else.
   *
   * @throws RealWorldError if the class is watched
   */
  public static void used(String type, String method, int line, String call, String world) {
    synchronized (ACTIVE) {
      RealWorldGuard guard = guardOf(type);
      if (guard != null) {
        RealWorldUse use = new RealWorldUse(type, method, line, call, RealWorld.valueOf(world));
        guard.uses.add(use);
        throw new RealWorldError(List.of(use));
      }
    }
  }

  /** A class could not be instrumented. */
  static void failed(String type, Throwable thrown) {
    synchronized (ACTIVE) {
      for (RealWorldGuard guard : ACTIVE) {
        if (guard.watches(type)) {
          guard.failures.add(type + ": " + thrown);
        }
      }
    }
  }

  @Override
  public String toString() {
    return "guard over " + packages;
  }
}
