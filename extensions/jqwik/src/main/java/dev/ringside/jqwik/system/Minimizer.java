// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds a script that fails as a long one does, and of which no step can be left out: leaves out
 * halves, then quarters, then single steps, each time on a lab of its own, then makes numbers
 * smaller.
 *
 * <p>jqwik shrinks chains step by step, which takes minutes where this takes a second.
 */
final class Minimizer {

  private static final int MOST_RUNS = 3_000;

  private final Supplier<LabRun> labs;
  private List<Deed> deeds;
  private LabRun failed;
  private int runs;

  private Minimizer(LabRun failed, Supplier<LabRun> labs) {
    this.labs = labs;
    this.failed = failed;
    this.deeds = failed.deeds();
  }

  /** A run that has failed and in which as little as possible has happened; it is closed. */
  static LabRun minimize(LabRun failed, Supplier<LabRun> labs) {
    Minimizer minimizer = new Minimizer(failed, labs);
    minimizer.leaveOut();
    if (minimizer.takeSmaller()) {
      minimizer.leaveOut();
    }
    return minimizer.failed;
  }

  private void leaveOut() {
    for (int size = Math.max(1, deeds.size() / 2); size > 0; size /= 2) {
      boolean again = true;
      while (again) {
        again = leaveOut(size) && size == 1;
      }
    }
  }

  private boolean leaveOut(int size) {
    boolean any = false;
    for (int at = deeds.size() - size; at >= 0; at -= size) {
      List<Deed> fewer = new ArrayList<>(deeds);
      fewer.subList(at, at + size).clear();
      any |= takes(fewer);
    }
    return any;
  }

  private boolean takeSmaller() {
    boolean any = false;
    for (int at = 0; at < deeds.size(); at++) {
      while (takeSmaller(at)) {
        any = true;
      }
    }
    return any;
  }

  private boolean takeSmaller(int at) {
    for (Deed smaller : deeds.get(at).smaller()) {
      List<Deed> others = new ArrayList<>(deeds);
      others.set(at, smaller);
      if (takes(others)) {
        return true;
      }
    }
    return false;
  }

  private boolean takes(List<Deed> fewer) {
    if (runs++ >= MOST_RUNS) {
      return false;
    }
    LabRun run = labs.get();
    try {
      for (Deed deed : fewer) {
        run.apply(deed);
      }
      run.settle();
      return false;
    } catch (AssertionError e) {
      deeds = fewer;
      failed = run;
      return true;
    } finally {
      run.close();
    }
  }
}
