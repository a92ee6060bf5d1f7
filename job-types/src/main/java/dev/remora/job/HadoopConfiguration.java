package dev.remora.job;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What the files of a configuration directory of Hadoop say, without Hadoop's own defaults, but for those of addresses. Values
 * may hold {@code ${name}} of other properties.
 */
final class HadoopConfiguration {
    static final String FRAMEWORK = "mapreduce.framework.name";

    private static final List<String> FILES = List.of("core-site.xml", "yarn-site.xml", "mapred-site.xml");
    private static final String RESOURCE_MANAGER = "yarn.resourcemanager.";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]+)}");
    private static final int DEEPEST = 20;

    private final Path directory;
    private final Map<String, String> properties = new HashMap<>();

    private HadoopConfiguration(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads what there is of the files.
     *
     * @throws IllegalArgumentException if one is there, but cannot be read
     */
    static HadoopConfiguration read(Path directory) {
        HadoopConfiguration configuration = new HadoopConfiguration(directory);
        for (String file : FILES) {
            Path path = directory.resolve(file);
            if (Files.exists(path)) {
                configuration.add(path);
            }
        }
        return configuration;
    }

    private void add(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            DocumentBuilder reader = factory.newDocumentBuilder();
            // why: the one of the JDK prints
            reader.setErrorHandler(new DefaultHandler());
            NodeList all = reader.parse(in).getDocumentElement().getElementsByTagName("property");
            for (int i = 0; i < all.getLength(); i++) {
                Element property = (Element) all.item(i);
                text(property, "name")
                        .ifPresent(name -> text(property, "value").ifPresent(value -> properties.put(name, value)));
            }
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalArgumentException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<String> text(Element property, String name) {
        Node first = property.getElementsByTagName(name).item(0);
        return first == null
                ? Optional.empty()
                : Optional.of(first.getTextContent().strip());
    }

    private Optional<String> get(String name) {
        return Optional.ofNullable(properties.get(name))
                .map(value -> resolved(value, DEEPEST))
                .filter(value -> !value.isEmpty());
    }

    private String resolved(String value, int depth) {
        Matcher reference = REFERENCE.matcher(value);
        // why: what refers to itself, in whichever way, stays as it is; an address of that kind is refused then
        if (depth == 0 || !reference.find()) {
            return value;
        }
        String once = reference.replaceAll(
                found -> Matcher.quoteReplacement(properties.getOrDefault(found.group(1), found.group())));
        return once.equals(value) ? value : resolved(once, depth - 1);
    }

    Optional<String> framework() {
        return get(FRAMEWORK);
    }

    /** Returns the addresses of the web interfaces of the ResourceManagers; none if the files tell of none. */
    List<URI> resourceManagers() {
        boolean secure = get("yarn.http.policy").filter("HTTPS_ONLY"::equals).isPresent();
        boolean several =
                get(RESOURCE_MANAGER + "ha.enabled").filter("true"::equals).isPresent();
        List<String> suffixes = several
                ? Stream.of(get(RESOURCE_MANAGER + "ha.rm-ids").orElse("").split(","))
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .map(id -> "." + id)
                        .toList()
                : List.of("");
        List<URI> addresses = new ArrayList<>();
        for (String suffix : suffixes) {
            address(suffix, secure).ifPresent(addresses::add);
        }
        return addresses;
    }

    private Optional<URI> address(String suffix, boolean secure) {
        String key = RESOURCE_MANAGER + (secure ? "webapp.https.address" : "webapp.address") + suffix;
        Optional<String> address = get(key).or(() ->
                get(RESOURCE_MANAGER + "hostname" + suffix).map(host -> host + (secure ? ":8090" : ":8088")));
        return address.map(given -> {
            try {
                URI uri = new URI((secure ? "https://" : "http://") + given);
                if (uri.getHost() != null) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException(refusal(key, given), e);
            }
            throw new IllegalArgumentException(refusal(key, given));
        });
    }

    private String refusal(String key, String given) {
        return "the address of the ResourceManager, by " + key + " in " + directory + ", is " + given
                + "; it must be like HOST:PORT";
    }
}
