package dev.remora.job.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.job.internal.process.OutputsFile.BadOutputException;
import dev.remora.model.Limit;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputsFileTest {
    private static Map<String, String> parse(String text) throws BadOutputException {
        return new OutputsFile(Limit::defaultBound).parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key" + i + "=").collect(Collectors.joining("\n"));
    }

    @Test
    void linesEndWithLfOrCrLfAndTheLastMayHaveNoEnd() throws Exception {
        assertThat(parse("a=1\nb=2\r\nc=3")).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
        assertThat(parse("")).isEmpty();
    }

    @Test
    void keysAndValuesAreTakenAsTheyAre() throws Exception {
        assertThat(parse(" a =  x = y \rz\n")).isEqualTo(Map.of(" a ", "  x = y \rz"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok=1\nnone", "ok=1\n\n", "ok=1\n=x", "ok=1\n \t=x\nok=2"})
    void aBadLineIsNamed(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(BadOutputException.class)
                .hasMessageStartingWith("line 2 of the outputs has ");
    }

    @Test
    void invalidUtf8IsRefused() {
        assertThatThrownBy(() -> new OutputsFile(Limit::defaultBound).parse(new byte[] {'a', '=', (byte) 0xff}))
                .isInstanceOf(BadOutputException.class)
                .hasMessage("line 1 of the outputs is not valid UTF-8");
    }

    @Test
    void theNumberIsLimited() throws Exception {
        assertThat(parse(lines(1000))).hasSize(1000);
        assertThat(parse(lines(1000) + "\nkey7=x")).hasSize(1000);
        assertThatThrownBy(() -> parse(lines(1001)))
                .isInstanceOf(BadOutputException.class)
                .hasMessage("line 1001 of the outputs is one output too many; the limit OUTPUTS is 1000");
    }

    @Test
    void theSizeOfWhatCountsIsLimited() throws Exception {
        String most = "k=" + "数".repeat((1 << 20) - 1);
        assertThat(parse(most).get("k")).hasSize((1 << 20) - 1);
        assertThat(parse(most + "\nk=\nl=" + "x".repeat((1 << 20) - 2))).hasSize(2);
        assertThatThrownBy(() -> parse(most + "\nl="))
                .isInstanceOf(BadOutputException.class)
                .hasMessageStartingWith("line 2 of the outputs")
                .hasMessageContaining("OUTPUT_SIZE is 1048576 characters");
    }
}
