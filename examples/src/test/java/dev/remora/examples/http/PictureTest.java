package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How graphs are put together and laid out, in a real browser. Where there is none, this is left out, and said to be. */
class PictureTest {
    /** Reports what is wrong with the pictures of many random graphs. */
    private static final String RANDOM_GRAPHS = """
            (async () => {
              const { drawnGraph, depths } = await import('/page/graph.js');
              const { layout, BOX_HEIGHT } = await import('/page/layout.js');
              let state = %d;
              const random = (below) => {
                state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
                return state %% below;
              };
              const problems = [];
              const check = (right, what) => { if (!right && problems.length < 20) problems.push(what); };
              for (let round = 0; round < 200; round++) {
                const size = 1 + random(150);
                const reach = 1 + random(size);
                const lanes = random(3) === 0 ? 1 + random(20) : 0;
                const dep = [];
                for (let node = 0; node < size; node++) {
                  const list = new Set();
                  if (lanes && node >= lanes) {
                    list.add(node - lanes);
                  }
                  for (let edge = lanes ? 0 : random(4); edge > 0 && node > 0; edge--) {
                    list.add(Math.max(0, node - 1 - random(reach)));
                  }
                  dep.push([...list]);
                }
                const types = dep.map(() => 'T');
                for (const together of [false, true]) {
                  const drawn = drawnGraph(dep, types, together);
                  const place = layout(drawn.depth, drawn.edges);
                  const where = `round ${round}, together ${together}`;
                  check(drawn.boxes.flat().length === size, `${where}: a node is drawn twice, or not at all`);
                  check(together || drawn.boxes.every((box) => box.length === 1), `${where}: nodes are stacked`);
                  const wanted = new Set();
                  dep.forEach((list, node) => list.forEach((from) => wanted.add(`${drawn.boxOf[from]}>${drawn.boxOf[node]}`)));
                  check(wanted.size === drawn.edges.length, `${where}: ${drawn.edges.length} edges, not ${wanted.size}`);
                  check(drawn.edges.every((edge) => wanted.has(edge.join('>'))), `${where}: an edge is wrong`);
                  check(drawn.edges.every(([from, to]) => drawn.depth[from] < drawn.depth[to]), `${where}: an edge goes back`);
                  const depth = depths(dep);
                  check(drawn.boxes.every((box, index) => box.every((node) => depth[node] === drawn.depth[index])),
                    `${where}: a stack has nodes of different columns`);
                  place.columns.forEach((column) => column.forEach((box, at) => check(
                    at === 0 || place.y[box] - place.y[column[at - 1]] >= BOX_HEIGHT, `${where}: boxes lie over each other`)));
                  check(place.y.every((y) => y >= -0.001 && y + BOX_HEIGHT <= place.height + 0.001), `${where}: a box is outside`);
                }
              }
              return problems;
            })()
            """;

    private static final String STACKS = """
            (async () => {
              const { drawnGraph } = await import('/page/graph.js');
              const sizes = (dep) => drawnGraph(dep, dep.map(() => 'T'), true).boxes.map((box) => box.length).sort((a, b) => a - b);
              const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
              const fan = [[], ...many(100, () => [0]), many(100, (index) => index + 1)];
              const lanes = [[], ...many(50, () => [0]), ...many(50, (index) => [index + 1])];
              const tree = [[], ...many(10, () => [0]), ...many(100, (index) => [1 + (index %% 10)])];
              const mesh = [...many(50, () => []), ...many(50, (index) => [index, (index + 7) %% 50, (index + 11) %% 50])];
              return { fan: sizes(fan), lanes: sizes(lanes), tree: sizes(tree), mesh: sizes(mesh).length, small: sizes(many(30, () => [])).length };
            })()
            """.replace("%%", "%");

    @TempDir
    private static Path directory;

    private static HttpFixture http;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = Browser.program();
        if (program.isEmpty()) {
            String left =
                    "LEFT OUT: the checks of the layout of graphs (PictureTest), as there is no Chromium on the path;"
                            + " -Dremora.browser=PROGRAM names one";
            System.out.println(left);
            Assumptions.abort(left);
        }
        http = new HttpFixture(directory);
        browser = Browser.start(program.get());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            http.close();
        }
    }

    @Test
    void everyGraphIsDrawnWholeAndInOrder() {
        long seed = System.nanoTime() & 0xffffffL;

        JsonNode problems = browser.open(http.uri("/page/")).eval(String.format(RANDOM_GRAPHS, seed));

        assertThat(problems).as("seed %d", seed).isEmpty();
    }

    @Test
    void whatIsAlikeIsStackedAndNothingElse() {
        JsonNode sizes = browser.open(http.uri("/page/")).eval(STACKS);

        assertThat(sizes.get("fan").toString()).isEqualTo("[1,1,100]");
        assertThat(sizes.get("lanes").toString()).isEqualTo("[1,50,50]");
        assertThat(sizes.get("tree").toString()).isEqualTo("[1,1,1,1,1,1,1,1,1,1,1,10,10,10,10,10,10,10,10,10,10]");
        assertThat(sizes.get("mesh").asInt())
                .as("a mesh, whose nodes differ in their neighbours")
                .isEqualTo(100);
        assertThat(sizes.get("small").asInt()).as("a graph that is small").isEqualTo(30);
    }
}
