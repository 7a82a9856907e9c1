// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import dev.ringside.lifecycle.LabSession;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Labs that a test has built itself, in fields, and that the extension runs from then on. */
final class AdoptedLabs {

  private final List<RunningLab> labs = new ArrayList<>(0);

  /** Takes over the lab in this field, unless that was done before. */
  synchronized void adopt(InjectedField field, Lab built) {
    if (owns(built)) {
      return;
    }
    if (built.world().isClosed()) {
      throw new IllegalStateException(
          field.point().place()
              + " holds a lab that is closed already; build it where each test gets a new one");
    }
    RunningLab lab = new RunningLab(LabSession.of(built), field.field().getName(), false);
    lab.forgive(field.point().declared().sharedLeniences());
    labs.add(lab);
  }

  synchronized boolean owns(Object lab) {
    for (RunningLab own : labs) {
      if (own.lab() == lab) {
        return true;
      }
    }
    return false;
  }

  synchronized List<RunningLab> list() {
    return labs.isEmpty() ? List.of() : List.copyOf(labs);
  }

  synchronized void check(Verdict verdict) {
    for (RunningLab lab : labs) {
      verdict.check(lab);
    }
  }

  synchronized void checkShared(Verdict verdict, boolean busy) {
    for (RunningLab lab : labs) {
      verdict.checkShared(lab, busy);
    }
  }

  synchronized void close() {
    for (RunningLab lab : labs) {
      lab.close();
    }
  }

  // ---- choosing among several ----

  /** The one there is; null if there is none. */
  static @Nullable RunningLab theOnly(List<RunningLab> all, InjectionPoint point) {
    if (all.size() > 1) {
      throw new IllegalArgumentException(
          point.place()
              + ": there are several labs, in the fields "
              + names(all)
              + "; ask for the one you mean, with @Device(\""
              + all.get(0).name()
              + "\") Lab, and take the device from it");
    }
    return all.isEmpty() ? null : all.get(0);
  }

  /** The one in the field that the point names. */
  static RunningLab named(List<RunningLab> all, InjectionPoint point) {
    for (RunningLab lab : all) {
      if (lab.name().equals(point.declared().device())) {
        return lab;
      }
    }
    throw new IllegalArgumentException(
        point.place()
            + ": no lab in a field named '"
            + point.declared().device()
            + "'; there are "
            + names(all)
            + ": mark a field that holds a lab with @Managed");
  }

  private static List<String> names(List<RunningLab> labs) {
    List<String> names = new ArrayList<>(labs.size());
    for (RunningLab lab : labs) {
      names.add(lab.name());
    }
    return names;
  }
}
