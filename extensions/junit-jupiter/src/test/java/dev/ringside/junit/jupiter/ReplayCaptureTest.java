// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.trace.Stage;
import dev.ringside.wire.Replay;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The capture has two queries to vm1, 2 ms apart. */
@ExtendWith(RingsideExtension.class)
class ReplayCaptureTest {

  private static final String CAPTURE = "two-queries.pcap";

  @TempDir Path output;

  @Test
  void a_capture_beside_the_test_is_sent_by_the_station_as_time_goes(
      Lab lab, @ReplayCapture(CAPTURE) Replay queries) {
    assertThat(lab.vm("vm1").received()).hasSize(1);
    assertThat(queries.isFinished()).isFalse();

    lab.advance(Duration.ofMillis(2));

    assertThat(lab.vm("vm1").received()).hasSize(2);
    assertThat(queries.isFinished()).isTrue();
    assertThat(lab.trace(lab.vm("vm1").received().get(0)).passed(Stage.STATION)).isTrue();
  }

  @Test
  void or_by_a_cable(@ReplayCapture(value = CAPTURE, cable = "p0") Replay queries, Lab lab) {
    queries.finish();

    assertThat(lab.vm("vm1").received()).hasSize(2);
    assertThat(lab.trace(lab.vm("vm1").received().get(0)).passed(Stage.EXTERNAL_SWITCH)).isFalse();
  }

  @Test
  void a_file_may_be_named_from_the_working_directory(
      @ReplayCapture("src/test/resources/dev/ringside/junit/jupiter/" + CAPTURE) Replay queries) {
    queries.finish();

    assertThat(queries.sent()).isEqualTo(2);
  }

  @ExtendWith(RingsideExtension.class)
  static class Missing {
    @Test
    void test(@ReplayCapture("missing.pcap") Replay replay) {}
  }

  @Test
  void a_capture_that_is_not_there_is_named() {
    Throwable failure = Jupiter.failure(Jupiter.into(output).run(Missing.class));

    assertThat(failure)
        .hasMessage(
            "parameter 'replay' of Missing.test: no capture 'missing.pcap'; it is neither a resource"
                + " beside Missing nor a file in "
                + Path.of("").toAbsolutePath());
  }

  @ExtendWith(RingsideExtension.class)
  static class NoSuchCable {
    @Test
    void test(@ReplayCapture(value = "/junit-platform.properties", cable = "p9") Replay replay) {}
  }

  @Test
  void what_is_no_capture_is_refused() {
    Throwable failure = Jupiter.failure(Jupiter.into(output).run(NoSuchCable.class));

    assertThat(failure).hasMessageContaining("/junit-platform.properties");
  }

  @ExtendWith(RingsideExtension.class)
  static class Unasked {
    @Test
    void test(Replay replay) {}
  }

  @Test
  void a_replay_without_the_annotation_is_left_to_others() {
    Throwable failure = Jupiter.failure(Jupiter.into(output).run(Unasked.class));

    assertThat(failure).hasMessageStartingWith("No ParameterResolver registered for parameter");
  }
}
