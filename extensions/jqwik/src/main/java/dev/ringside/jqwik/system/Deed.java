// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Something that was done in a run, which can be done in another one. */
record Deed(Consumer<LabRun> effect, @Nullable LabStep step) {

  static Deed of(LabStep step) {
    return new Deed(run -> step.command().run(run, step), step);
  }

  /** The same with smaller numbers, the smallest first. */
  List<Deed> smaller() {
    List<Deed> smaller = new ArrayList<>();
    if (step != null) {
      addSmaller(step.subject(), number -> step.withSubject(number), smaller);
      addSmaller(step.object(), number -> step.withObject(number), smaller);
      addSmaller(step.amount(), number -> step.withAmount(number), smaller);
    }
    return smaller;
  }

  private static void addSmaller(int number, IntFunction<LabStep> with, List<Deed> smaller) {
    for (int less = 0; less < number; less = less + (number - less + 1) / 2) {
      smaller.add(of(with.apply(less)));
    }
  }
}
