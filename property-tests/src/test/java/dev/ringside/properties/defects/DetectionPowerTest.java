// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suites find every defect that is planted into a component of the framework. */
@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetectionPowerTest {

  private static final int LEAST = 40;
  private static final String FINDER = "QuotaProperties.the_laws_hold_after_each_step";

  /** Of jqwik; in planted runs it has nothing to say. */
  private static final Logger JQWIK = Logger.getLogger("net.jqwik.engine");

  private static final int TRIES = Integer.getInteger("ringside.defect.tries", 0);

  private final Hunt hunt = TRIES == 0 ? Hunt.quick() : Hunt.thorough(TRIES);
  private final Report report = new Report();

  @BeforeAll
  void silence() {
    JQWIK.setLevel(Level.SEVERE);
  }

  @AfterAll
  void tell() {
    JQWIK.setLevel(null);
    report.writeTo(Path.of("target", "detection-power.txt"));
    System.out.println(report.summary() + "; see target/detection-power.txt");
  }

  static List<Defect> defects() {
    return PlantedDefects.all();
  }

  @ParameterizedTest
  @MethodSource("defects")
  void a_defect_is_found(Defect defect) {
    List<Finding> found = hunt.find(defect);
    report.add(defect, found);

    assertThat(found).as("what finds that %s", defect.what()).isNotEmpty();
  }

  @Test
  void there_are_defects_of_every_system_and_enough_of_them() {
    Set<NumberedSystem> systems = EnumSet.noneOf(NumberedSystem.class);
    defects().forEach(defect -> systems.add(defect.system()));

    assertThat(defects()).hasSizeGreaterThanOrEqualTo(LEAST);
    assertThat(systems).containsExactly(NumberedSystem.values());
  }

  // ---- the mechanism ----

  @Test
  void a_change_that_changes_nothing_is_not_found() {
    Defect none =
        new Defect(
            NumberedSystem.S1,
            "the text of a queue has another form",
            FINDER,
            Component.of("ring.WaitQueue").with("toString", Edits.opposite(1)));

    assertThat(Hunt.quick().find(none)).isEmpty();
  }

  @Test
  void an_edit_that_finds_nothing_to_change_is_refused() {
    Component component = Component.of("ring.WaitQueue").with("wakeUp", Edits.without("sleep"));

    assertThatThrownBy(component::bytes)
        .hasMessage("nothing was changed in ring.WaitQueue.wakeUp; say what is there now");
  }

  @Test
  void a_method_that_there_is_not_or_not_only_once_is_refused() {
    assertThatThrownBy(Component.of("ring.WaitQueue").with("wink", Edits.returns(0))::bytes)
        .hasMessage("ring.WaitQueue has 0 methods wink, expected one");
    assertThatThrownBy(Component.of("ring.Ring").with("remove", Edits.returns(0))::bytes)
        .hasMessage("ring.Ring has 2 methods remove, expected one");
  }

  @Test
  void a_class_that_no_suite_uses_is_refused() {
    Defect elsewhere =
        new Defect(
            NumberedSystem.S9,
            "a proxy is deaf",
            "FlowProperties.packets_are_left_as_they_are",
            Component.of("virt.ProxyVnic").with("send", Edits.without("pass")));

    assertThatThrownBy(() -> Hunt.quick().find(elsewhere))
        .hasMessage("no suite of S9 uses virt.ProxyVnic.send");
  }
}
