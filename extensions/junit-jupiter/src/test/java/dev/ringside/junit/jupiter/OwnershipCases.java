// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/**
 * Who owns a lab, and for how long. Each case is run one test after the other and all at the same
 * time; after each run every lab is closed. That none is closed twice the extension itself sees to:
 * it fails the class then.
 */
abstract class OwnershipCases {

  @TempDir Path output;

  /** Runs it both ways; the labs of each run. */
  final void runs(int tests, int labs, String register, Class<?>... classes) {
    check(Jupiter.into(output).run(classes), tests, labs, Register.take(register));
    check(Jupiter.into(output).concurrently().run(classes), tests, labs, Register.take(register));
    assertThat(output).isEmptyDirectory();
  }

  static void check(EngineExecutionResults results, int tests, int labs, List<Lab> seen) {
    assertThat(Jupiter.failures(results)).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
    Set<Lab> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    distinct.addAll(seen);
    assertThat(distinct).hasSize(labs).allMatch(lab -> lab.world().isClosed());
  }
}
