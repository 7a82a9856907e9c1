// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Topology;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.Lenience;
import dev.ringside.trace.DropReason;
import dev.ringside.world.PartsSource;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations on one class, method, field or parameter say, annotations on annotations
 * included. The nearest one of a kind counts; hosts, checks and reasons add up.
 */
final class Declared {

  /** What an element says that bears none of our annotations. */
  static final Declared NOTHING = new Declared();

  private static final int MAX_DEPTH = 8;

  private List<HostSpec> hosts = List.of();
  private List<Lenience> leniences = List.of();
  private List<LabCheck> strict = List.of();
  private @Nullable Class<? extends Topology> topology;
  private @Nullable Class<? extends PartsSource> parts;
  private @Nullable Scope scope;
  private @Nullable Long seed;
  private @Nullable String device;
  private boolean managed;

  private Declared() {}

  /** Reads the annotations. */
  static Declared on(AnnotatedElement element) {
    return of(element.getDeclaredAnnotations());
  }

  /** Reads these annotations. */
  static Declared of(Annotation[] annotations) {
    if (annotations.length == 0) {
      return NOTHING;
    }
    Declared declared = new Declared();
    return declared.readAll(annotations, 0) ? declared : NOTHING;
  }

  private boolean readAll(Annotation[] annotations, int depth) {
    boolean found = false;
    for (Annotation annotation : annotations) {
      found |= isOfUs(annotation.annotationType()) && read(annotation);
    }
    for (Annotation annotation : annotations) {
      Class<? extends Annotation> type = annotation.annotationType();
      if (depth < MAX_DEPTH && isUsersOwn(type)) {
        found |= readAll(type.getDeclaredAnnotations(), depth + 1);
      }
    }
    return found;
  }

  /** Others are not even compared with ours, which would load each of them. */
  private static boolean isOfUs(Class<?> type) {
    return type.getPackageName().equals(Declared.class.getPackageName());
  }

  /** Those of the platform never bear ours. */
  private static boolean isUsersOwn(Class<?> type) {
    String name = type.getName();
    return !name.startsWith("java.") && !name.startsWith("org.junit.");
  }

  private boolean read(Annotation annotation) {
    if (annotation instanceof HostSpec host) {
      hosts = with(hosts, host);
    } else if (annotation instanceof HostSpecs several) {
      for (HostSpec host : several.value()) {
        hosts = with(hosts, host);
      }
    } else if (annotation instanceof Device named) {
      device = device == null ? named.value() : device;
    } else if (annotation instanceof Managed) {
      managed = true;
    } else {
      return readLab(annotation);
    }
    return true;
  }

  private boolean readLab(Annotation annotation) {
    if (annotation instanceof LabTopology described) {
      topology = topology == null ? described.value() : topology;
    } else if (annotation instanceof LabParts made) {
      parts = parts == null ? made.value() : parts;
    } else if (annotation instanceof LabScope lived) {
      scope = scope == null ? lived.value() : scope;
    } else if (annotation instanceof LabSeed seeded) {
      seed = seed == null ? Long.valueOf(seeded.value()) : seed;
    } else if (annotation instanceof Lenient left) {
      add(left);
    } else if (annotation instanceof Lenients several) {
      for (Lenient left : several.value()) {
        add(left);
      }
    } else if (annotation instanceof ExpectDrops expected) {
      add(expected);
    } else if (annotation instanceof ExpectedDrops several) {
      for (ExpectDrops expected : several.value()) {
        add(expected);
      }
    } else if (annotation instanceof Strict asked) {
      strict = with(strict, asked.value());
    } else {
      return false;
    }
    return true;
  }

  private void add(Lenient left) {
    boolean all = left.value().length == 0;
    for (LabCheck check : all ? LabCheck.values() : left.value()) {
      if (!all) {
        leniences = with(leniences, Lenience.about(check).at(left.devices()));
      } else if (check != LabCheck.CONSERVATION_LAW) {
        leniences = with(leniences, Lenience.about(check).at(left.devices()).ifNeeded());
      }
    }
  }

  private void add(ExpectDrops expected) {
    for (DropReason reason : expected.value()) {
      leniences = with(leniences, Lenience.expecting(reason).at(expected.devices()));
    }
  }

  @SafeVarargs
  private static <T> List<T> with(List<T> list, T... more) {
    List<T> longer = new ArrayList<>(list);
    for (T element : more) {
      longer.add(element);
    }
    return longer;
  }

  /** Whether it says something about the whole lab, standing on a class or method. */
  boolean describesLab() {
    return describesTopology() || parts != null;
  }

  /** Whether it says what is in the lab. */
  boolean describesTopology() {
    return topology != null || !hosts.isEmpty();
  }

  List<HostSpec> hosts() {
    return hosts;
  }

  /** Checks that are asked for. */
  List<LabCheck> strict() {
    return strict;
  }

  /** What the checks shall forgive. */
  List<Lenience> leniences() {
    return leniences;
  }

  /** The same where several tests share it, so that not each of them needs it. */
  List<Lenience> sharedLeniences() {
    List<Lenience> shared = new ArrayList<>(leniences.size());
    for (Lenience lenience : leniences) {
      shared.add(lenience.ifNeeded());
    }
    return shared;
  }

  @Nullable Class<? extends Topology> topology() {
    return topology;
  }

  @Nullable Class<? extends PartsSource> parts() {
    return parts;
  }

  @Nullable Scope scope() {
    return scope;
  }

  @Nullable Long seed() {
    return seed;
  }

  /** The name that {@link Device} gives, empty without a name. */
  String device() {
    return device == null ? "" : device;
  }

  /** Whether a field with this is ours to fill. */
  boolean isInjected() {
    return managed || device != null || scope != null || !hosts.isEmpty();
  }

  boolean isManaged() {
    return managed;
  }
}
