package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShebangTest {
    @Test
    void isReadAsLinuxDoes() {
        assertThat(Shebang.of("#!/bin/bash\necho")).isEqualTo(List.of("/bin/bash"));
        assertThat(Shebang.of("#! /usr/bin/env \t python3 -u \necho")).isEqualTo(List.of("/usr/bin/env", "python3 -u"));
        assertThat(Shebang.of("#!/bin/sh")).isEqualTo(List.of("/bin/sh"));
        assertThat(Shebang.of("#!\t/bin/sh\t-e\t")).isEqualTo(List.of("/bin/sh", "-e"));
    }

    @Test
    void whatHasNoneRunsBySh() {
        assertThat(Shebang.of("echo")).isEqualTo(List.of("sh"));
        assertThat(Shebang.of("\n#!/bin/bash")).isEqualTo(List.of("sh"));
        assertThat(Shebang.of(" #!/bin/bash")).isEqualTo(List.of("sh"));
        assertThat(Shebang.of("#!\n/bin/bash")).isEqualTo(List.of("sh"));
        assertThat(Shebang.of("#! ")).isEqualTo(List.of("sh"));
    }
}
