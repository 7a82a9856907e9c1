// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import static dev.ringside.mockito.RingsideMatchers.packet;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.ringside.Lab;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.junit.jupiter.Device;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.lifecycle.UncleanLabError;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.stack.PacketHandler;
import dev.ringside.steering.DosDetector;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.mockito.Mock;
import org.mockito.exceptions.misusing.PotentialStubbingProblem;
import org.mockito.exceptions.misusing.UnnecessaryStubbingException;
import org.mockito.junit.jupiter.MockitoExtension;

/** Both extensions on one test, in either order: Mockito's is strict unless it is told. */
class StrictStubsTest {

  private static EngineExecutionResults run(Class<?> cases) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(cases)).execute();
  }

  private static Throwable failure(Class<?> cases) {
    return run(cases).testEvents().failed().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void views_and_matchers_work_in_a_strict_session() {
    run(MockitoFirst.class).testEvents().assertStatistics(all -> all.started(3).succeeded(3));
    run(RingsideFirst.class).testEvents().assertStatistics(all -> all.started(3).succeeded(3));
  }

  abstract static class Cases {
    @Mock PacketHandler handler;

    @Test
    void a_view_needs_no_stubs(Lab lab) {
      RecordingViews views = new RecordingViews();
      PhysicalNic p0 = views.of(lab.host().pnic("p0"));
      PhysicalNic p1 = views.of(lab.host().pnic("p1"));

      p0.fail();
      p0.repair();

      verify(p0).fail();
      assertThat(p1.isFailed()).isFalse();
    }

    @Test
    void a_mock_beside_devices(
        Lab lab, @Device("vm1") VirtualMachine vm, @Mock DosDetector detector) {
      when(detector.observe(packet(udp().port(9)), anyLong())).thenReturn(udp().port(9));
      lab.host().steering().detect(detector);
      vm.onPacket(handler);

      lab.wire().send(udp().to(vm).port(9));

      assertThat(vm.received()).isEmpty();
      verify(detector).observe(packet(udp().port(9)), anyLong());
    }

    @Test
    void a_mock_of_a_device_is_mockitos(
        @Mock PhysicalNic mock, @Mock FailoverPolicy policy, Lab lab) {
      lab.host().aggregator().setPolicy(policy);
      when(policy.choose(anyList(), RingsideMatchers.named("p0")))
          .thenAnswer(call -> ((List<?>) call.getArgument(0)).get(0));

      lab.host().pnic("p0").fail();

      assertThat(lab.host().aggregator().activeName()).isEqualTo("p1");
      assertThat(mock.name()).isNull();
    }
  }

  @ExtendWith({MockitoExtension.class, RingsideExtension.class})
  static class MockitoFirst extends Cases {}

  @ExtendWith({RingsideExtension.class, MockitoExtension.class})
  static class RingsideFirst extends Cases {}

  @Test
  void a_stub_of_a_view_that_is_not_used_is_told_by_mockito() {
    assertThat(failure(UnusedStub.class))
        .isInstanceOf(UnnecessaryStubbingException.class)
        .hasMessageContaining("UnusedStub.test(StrictStubsTest.java:");
  }

  @ExtendWith({MockitoExtension.class, RingsideExtension.class})
  static class UnusedStub {
    @Test
    void test(@Device("p0") PhysicalNic nic) {
      PhysicalNic view = new RecordingViews().of(nic);
      doThrow(new IllegalStateException()).when(view).fail();
    }
  }

  @Test
  void a_call_with_another_packet_than_was_stubbed_is_told_by_mockito() {
    assertThat(failure(OtherPacket.class))
        .isInstanceOf(PotentialStubbingProblem.class)
        .hasMessageContaining("udp port 9 [nearest: ")
        .hasMessageContaining("destination port: expected 9, was 8]");
  }

  @ExtendWith({MockitoExtension.class, RingsideExtension.class})
  static class OtherPacket {
    @Test
    void test(Lab lab, @Mock DosDetector detector) {
      when(detector.observe(packet(udp().port(9)), anyLong())).thenReturn(udp().port(9));
      lab.host().steering().detect(detector);

      lab.wire().send(udp().to(lab.vm("vm1")).port(8));
    }
  }

  @Test
  void an_unclean_lab_is_told_beside_mockitos_own_findings() {
    Throwable failure = failure(UncleanAndUnused.class);

    assertThat(failure).isInstanceOfAny(UncleanLabError.class, UnnecessaryStubbingException.class);
    assertThat(failure.getSuppressed()).hasSize(1);
  }

  @ExtendWith({MockitoExtension.class, RingsideExtension.class})
  static class UncleanAndUnused {
    @Test
    void test(Lab lab, @Mock FailoverPolicy policy) {
      when(policy.replaces(null, null)).thenReturn(true);
      lab.vm("vm1").pause();
      lab.wire().send(udp().to(lab.vm("vm1")));
    }
  }
}
