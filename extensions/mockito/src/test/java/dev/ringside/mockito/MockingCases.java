// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import static org.mockito.Mockito.verify;

import dev.ringside.Lab;
import dev.ringside.junit.jupiter.Device;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.stack.PacketHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

/** A test that mocks. */
@ExtendWith({RingsideExtension.class, MockitoExtension.class})
class MockingCases {

  @Test
  void a_mock_and_a_view(Lab lab, @Device("p0") PhysicalNic nic, @Mock PacketHandler handler) {
    lab.vm("vm1").onPacket(handler);
    PhysicalNic view = new RecordingViews().of(nic);

    view.fail();

    verify(view).fail();
  }
}
