// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class VirtualClockTest {

  @Test
  void shows_the_labs_time_since_the_epoch() {
    try (Lab lab = Lab.open()) {
      Clock clock = lab.clock();
      assertThat(clock.instant()).isEqualTo(Instant.EPOCH);

      lab.advance(Duration.ofSeconds(3, 123_456_789));

      assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(3, 123_456_789));
      assertThat(clock.millis()).isEqualTo(3_123);
      assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(3, 123_456_789));
    }
  }

  @Test
  void shows_the_time_inside_an_event() {
    try (Lab lab = Lab.open()) {
      Instant[] seen = new Instant[1];
      lab.executor()
          .schedule(
              () -> seen[0] = lab.clock().instant(), 7, java.util.concurrent.TimeUnit.SECONDS);

      lab.advance(Duration.ofSeconds(30));

      assertThat(seen[0]).isEqualTo(Instant.ofEpochSecond(7));
    }
  }

  @Test
  void has_a_zone_that_can_be_changed() {
    try (Lab lab = Lab.open()) {
      ZoneId zone = ZoneId.of("+02:00");
      assertThat(lab.clock().getZone()).isEqualTo(ZoneOffset.UTC);
      assertThat(lab.clock().withZone(zone).getZone()).isEqualTo(zone);
      lab.advance(Duration.ofHours(1));
      assertThat(lab.clock().withZone(zone).instant()).isEqualTo(Instant.ofEpochSecond(3_600));
    }
  }
}
