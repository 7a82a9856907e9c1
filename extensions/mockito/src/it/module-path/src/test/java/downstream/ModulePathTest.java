// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package downstream;

import static dev.ringside.mockito.RingsideMatchers.allNamed;
import static dev.ringside.mockito.RingsideMatchers.named;
import static dev.ringside.mockito.RingsideMatchers.packet;
import static dev.ringside.packet.Packets.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.ringside.Lab;
import dev.ringside.aggregate.FailoverPolicies;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.host.Host;
import dev.ringside.mockito.RecordingViews;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.stack.PacketHandler;
import org.junit.jupiter.api.Test;

class ModulePathTest {

  @Test
  void modules_are_named() {
    Module mockito = RecordingViews.class.getModule();

    assertEquals("downstream", ModulePathTest.class.getModule().getName());
    assertEquals("dev.ringside.mockito", mockito.getName());
    assertFalse(mockito.getDescriptor().isAutomatic());
    assertTrue(Lab.class.getModule().isNamed());
  }

  @Test
  void views_and_matchers_work() {
    try (Lab lab = Lab.open()) {
      RecordingViews views = new RecordingViews();
      PhysicalNic p0 = views.of(lab.host().pnic("p0"));
      Host host = views.of(lab.host());
      FailoverPolicy policy = views.of(FailoverPolicy.class, FailoverPolicies.firstHealthy());
      PacketHandler handler = mock(PacketHandler.class);
      lab.host().aggregator().setPolicy(policy);
      lab.vm("vm1").onPacket(handler);

      assertSame(p0, host.pnic("p0"));
      p0.fail();
      lab.wire().send(udp().to(lab.vm("vm1")).port(53));

      verify(p0).fail();
      verify(policy).choose(allNamed("p1"), named("p0"));
      verify(handler).handle(packet(udp().port(53)));
      assertTrue(lab.host().pnic("p0").isFailed());
    }
  }
}
